import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isPublicAddress } from '../../src/network/public-address.ts';

describe('a public address', () => {
  it('is one that anybody may be at', () => {
    const addresses = ['1.1.1.1', '8.8.8.8', '93.184.216.34', '172.32.0.1', '100.128.0.1', '223.255.255.255'];
    for (const address of [...addresses, '2606:4700:4700::1111', '2a00:1450::1', '2001:4860:4860::8888']) {
      assert.equal(isPublicAddress(address), true, address);
    }
  });

  it('is not in any special range, at either of its ends', () => {
    const ends = [
      ['0.0.0.0', '0.255.255.255'],
      ['10.0.0.0', '10.255.255.255'],
      ['100.64.0.0', '100.127.255.255'],
      ['127.0.0.0', '127.255.255.255'],
      ['169.254.0.0', '169.254.255.255'],
      ['172.16.0.0', '172.31.255.255'],
      ['192.0.0.0', '192.0.0.255'],
      ['192.0.2.0', '192.0.2.255'],
      ['192.168.0.0', '192.168.255.255'],
      ['198.18.0.0', '198.19.255.255'],
      ['224.0.0.0', '255.255.255.255'],
      ['::', '::1'],
      ['::ffff:8.8.8.8', '::ffff:127.0.0.1'],
      ['64:ff9b::8.8.8.8', '64:ff9b:1::1'],
      ['fc00::', 'fdff::1'],
      ['fe80::1', 'fe80::1%eth0'],
      ['ff00::', 'ff02::1'],
      ['2001::1', '2001:1ff::1'],
      ['2001:db8::', '2001:db8:ffff::1'],
      ['2002:7f00:1::', '2002:a00:1::'],
    ];
    for (const address of ends.flat()) assert.equal(isPublicAddress(address), false, address);
  });

  it('is an address, not a name', () => {
    for (const text of ['', 'localhost', 'example.com', '1.1.1', '2606:4700::1111%eth0']) {
      assert.equal(isPublicAddress(text), false, text);
    }
  });
});
