import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig, unknownSettings } from '../src/config.ts';
import { AuraError } from '../src/protocol/index.ts';

const machine = { coreCount: 6 };

test('nothing set gives the documented defaults', () => {
  assert.deepEqual(readConfig({}, machine), {
    host: '127.0.0.1',
    port: 5005,
    dataDirectory: './data',
    logLevel: 'info',
    concurrency: 6,
    maxQueued: 100,
    streamWaitSeconds: 20,
  });
});

test('every setting is read', () => {
  const env = {
    AURA_HOST: '0.0.0.0',
    AURA_PORT: '0',
    AURA_DATA: '/srv/aura',
    DATABASE_URL: 'postgres://aura:secret@db:5432/aura',
    AURA_LOG_LEVEL: 'debug',
    AURA_CONCURRENCY: '3',
    AURA_MAX_QUEUED: '7',
    AURA_STREAM_WAIT: '2',
    AURA_WEBHOOK_ADDRESSES: '10.0.0.5',
    AURA_STORE_LIMIT: '20GB',
    PATH: '/bin',
  };
  assert.deepEqual(readConfig(env, machine), {
    host: '0.0.0.0',
    port: 0,
    dataDirectory: '/srv/aura',
    databaseUrl: 'postgres://aura:secret@db:5432/aura',
    logLevel: 'debug',
    concurrency: 3,
    maxQueued: 7,
    streamWaitSeconds: 2,
    webhookAddresses: ['10.0.0.5'],
    storeLimitBytes: 20_000_000_000,
  });
});

test('an empty variable counts as not set, a machine of no known cores as one', () => {
  const config = readConfig({ AURA_PORT: '', AURA_DATA: undefined }, { coreCount: 0 });
  assert.equal(config.port, 5005);
  assert.equal(config.concurrency, 1);
});

test('all mistakes are told at once, each with its variable and without its value where that is secret', () => {
  const env = {
    AURA_PORT: '80a',
    AURA_LOG_LEVEL: 'loud',
    DATABASE_URL: 'mysql://root:secret@db',
    AURA_CONCURRENCY: '0',
  };
  const error = configError(env);
  assert.deepEqual(
    error.issues?.map((issue) => issue.path),
    ['AURA_PORT', 'DATABASE_URL', 'AURA_LOG_LEVEL', 'AURA_CONCURRENCY'],
  );
  assert.match(error.message, /AURA_PORT must be a whole number from 0 to 65535/);
  assert.match(error.message, /AURA_LOG_LEVEL must be one of silent, error, warn, info, debug/);
  assert.doesNotMatch(error.message, /secret/);
});

test('a size is a number and its unit', () => {
  const limits = ['500MB', '1.5TB', '20 gb'].map((AURA_STORE_LIMIT) =>
    readConfig({ AURA_STORE_LIMIT }, machine),
  );
  assert.deepEqual(
    limits.map(({ storeLimitBytes }) => storeLimitBytes),
    [500e6, 1.5e12, 20e9],
  );
  for (const AURA_STORE_LIMIT of ['20', '0GB', '-1GB', '20GiB', 'much'])
    assert.match(
      configError({ AURA_STORE_LIMIT }).message,
      /AURA_STORE_LIMIT must be a size such as 500MB, 20GB or 1\.5TB/,
    );
});

test('a port outside the range is refused', () => {
  assert.match(configError({ AURA_PORT: '65536' }).message, /AURA_PORT must be a whole number/);
  assert.match(configError({ AURA_PORT: '-1' }).message, /AURA_PORT must be a whole number/);
  assert.match(configError({ AURA_PORT: '5005.5' }).message, /AURA_PORT must be a whole number/);
});

test('a stream may wait from no time to as long as clients bear silence', () => {
  assert.equal(readConfig({ AURA_STREAM_WAIT: '0' }, machine).streamWaitSeconds, 0);
  const { message } = configError({ AURA_STREAM_WAIT: '21' });
  assert.equal(message, 'AURA_STREAM_WAIT must be a whole number from 0 to 20.');
});

test('an unknown AURA_ name is told with the name it resembles, and stops nothing', () => {
  const env = {
    AURA_PROT: '80',
    AURA_DATA_DIR: '/x',
    AURA_LOGLEVEL: 'info',
    AURA_HOST: 'localhost',
    HOME: '/',
  };
  assert.deepEqual(unknownSettings(env), [
    'AURA_PROT is not a setting (did you mean AURA_PORT?)',
    'AURA_DATA_DIR is not a setting (did you mean AURA_DATA?)',
    'AURA_LOGLEVEL is not a setting (did you mean AURA_LOG_LEVEL?)',
  ]);
  assert.equal(readConfig(env, machine).port, 5005);
});

function configError(env: Record<string, string>): AuraError {
  try {
    readConfig(env, machine);
  } catch (error) {
    assert.ok(error instanceof AuraError);
    assert.equal(error.code, 'config_invalid');
    return error;
  }
  assert.fail('the configuration was accepted');
}

test('addresses of webhooks are a list of IP addresses', () => {
  const { webhookAddresses } = readConfig({ AURA_WEBHOOK_ADDRESSES: '127.0.0.1, ::1' }, { coreCount: 1 });
  assert.deepEqual(webhookAddresses, ['127.0.0.1', '::1']);
  assert.throws(() => readConfig({ AURA_WEBHOOK_ADDRESSES: 'localhost' }, { coreCount: 1 }), {
    code: 'config_invalid',
    message: /AURA_WEBHOOK_ADDRESSES must be IP addresses/,
  });
});
