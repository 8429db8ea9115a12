import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseClockTime } from '../../src/timeline/clock-time.ts';

const times: Record<string, number> = {
  '0:00': 0,
  '2:03': 123,
  '59:59': 3_599,
  '1:02:03': 3_723,
  '00:00:01.500': 1.5,
  '00:01:02,25': 62.25,
  '120:00:00': 432_000,
};

for (const [text, seconds] of Object.entries(times)) {
  test(`${text} is ${seconds} s`, () => assert.equal(parseClockTime(text), seconds));
}

for (const text of [
  '',
  '5',
  '1:2',
  '1:60',
  '60:00',
  '1:2:03',
  '1:02:3',
  '1:62:03',
  '-1:00',
  '1:00.',
  '1:00 ',
  ' 1:00',
  '1:00:00:00',
  '1e3:00',
  '١:٠٠',
]) {
  test(`"${text}" is no time`, () => assert.equal(parseClockTime(text), undefined));
}
