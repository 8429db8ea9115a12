import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runAura, temporaryFolder } from './run-aura.ts';

test('the help names the commands, the settings and the exit codes', async (t) => {
  const { code, stdout } = await runAura(t, { words: ['--help'], cwd: await temporaryFolder(t) });
  assert.equal(code, 0);
  for (const word of [
    'render',
    'plan',
    'serve',
    'worker',
    'jobs',
    'watch',
    'cancel',
    'retry',
    'pause',
    'resume',
    'delete',
    'doctor',
    'AURA_DATA',
    '130  cancelled',
  ]) {
    assert.ok(stdout.includes(word), word);
  }
});

const usage: Record<string, { words: string[]; says: RegExp }> = {
  'an unknown command': {
    words: ['rendr', 'a.md'],
    says: /unknown command 'rendr'[\s\S]*Did you mean render\?/,
  },
  'an unknown option': { words: ['render', 'a.md', '--outptu', 'x'], says: /unknown option '--outptu'/ },
  'no file': { words: ['render'], says: /missing required argument 'file'/ },
  'an unknown shape': {
    words: ['render', 'a.md', '--aspect', '4:3'],
    says: /Allowed choices are 16:9, 9:16, 1:1/,
  },
  'an odd number': { words: ['render', 'a.md', '--width', 'wide'], says: /must be a whole number/ },
  'a shape and a size': {
    words: ['render', 'a.md', '--aspect', '1:1', '--width', '640'],
    says: /'--aspect <shape>' cannot be used with option '--width/,
  },
  'no export': { words: ['cancel'], says: /missing required argument 'job'/ },
  'a list of no length': { words: ['jobs', '--limit', '0'], says: /must be a whole number from 1/ },
  'a server that is no address': {
    words: ['watch', 'x', '--server', 'localhost:80'],
    says: /must be an address such as/,
  },
};

for (const [name, { words, says }] of Object.entries(usage)) {
  test(`${name} is a mistake in the command line: exit code 2`, async (t) => {
    const { code, stdout, stderr } = await runAura(t, { words, cwd: await temporaryFolder(t) });
    assert.match(stderr, says);
    assert.equal(code, 2);
    assert.equal(stdout, '');
  });
}

test('a wrong setting is named, with the one that was meant', async (t) => {
  const cwd = await temporaryFolder(t);
  const env = { AURA_PROT: '80', AURA_LOG_LEVEL: 'loud' };
  const { code, stderr } = await runAura(t, { words: ['serve'], cwd, env });
  assert.equal(
    stderr,
    [
      'aura: AURA_PROT is not a setting (did you mean AURA_PORT?)',
      'aura: The configuration is not valid: AURA_LOG_LEVEL must be one of silent, error, warn, info, debug.',
      '  to do: Correct the environment variables named above.',
      '',
    ].join('\n'),
  );
  assert.equal(code, 2);
});

test('a worker without a shared database says what it needs', async (t) => {
  const { code, stderr } = await runAura(t, { words: ['worker'], cwd: await temporaryFolder(t) });
  assert.match(stderr, /DATABASE_URL is not set/);
  assert.equal(code, 2);
});

interface InputCase {
  readonly file: string;
  readonly content?: string;
  readonly words?: readonly string[];
  readonly says: readonly RegExp[];
}

const inputs: Record<string, InputCase> = {
  'a script that is not there': {
    file: 'missing.md',
    says: [/missing\.md cannot be read \(it does not exist\)/],
  },
  'an empty script': { file: 'a.md', content: '\n', says: [/The script is empty/] },
  'a script nobody speaks in': {
    file: 'a.md',
    content: '# Title\n',
    says: [/Nothing in the script is spoken/],
  },
  'a mistake in a script': {
    file: 'a.md',
    content: '# Title\n\nHello.\n\n<!-- durration: 4s -->\n',
    says: [/The script has a mistake: /, /where: a\.md, line 5, column \d+/],
  },
  'a picture that is not there': {
    file: 'a.md',
    content: '---\ntitle: Tea\n---\n\n# Tea\n\nHello.\n\n![A kettle](my%20kettle.jpg)\n',
    says: [
      /A picture is missing: There is no “my kettle\.jpg” in /,
      /where: a\.md, line 9, column 1/,
      /Put the file there/,
    ],
  },
  'music that is not there': {
    file: 'a.md',
    content: '---\nmusic: song.mp3\n---\n\n# Tea\n\nHello.\n',
    says: [/A sound file is missing: There is no “song\.mp3”/],
  },
  'a composition that is not JSON': { file: 'a.json', content: '{"version": 1,', says: [/It is not JSON: /] },
  'a composition with wrong fields': {
    file: 'a.json',
    content: JSON.stringify({ version: 1, title: 'Tea', colour: 'red', scenes: [{ id: 'One!' }] }),
    says: [/2 fields are not as the schema says/, /- scenes\.0\.id: must be a slug/, /colour/],
  },
  'a size that cannot be': {
    file: 'a.md',
    content: '# Tea\n\nHello.\n',
    words: ['--width', '641', '--height', '360'],
    says: [/The video size is not possible: --width must be even/],
  },
  'a width without a height': {
    file: 'a.md',
    content: '# Tea\n\nHello.\n',
    words: ['--width', '640'],
    says: [/width and height go together/],
  },
  'a video in a folder that is not there': {
    file: 'a.md',
    content: '# Tea\n\nHello.\n',
    words: ['-o', 'nowhere/out.mp4'],
    says: [/nowhere does not exist/, /Name another file with --output/],
  },
  'a video that is to be no MP4': {
    file: 'a.md',
    content: '# Tea\n\nHello.\n',
    words: ['-o', 'out.mov'],
    says: [/let its name end in \.mp4/],
  },
};

for (const [name, { file, content, words = [], says }] of Object.entries(inputs)) {
  test(`${name} is told before anything is started: exit code 2`, async (t) => {
    const cwd = await temporaryFolder(t);
    if (content !== undefined) await writeFile(join(cwd, file), content);
    const { code, stderr, stdout } = await runAura(t, { words: ['render', file, ...words], cwd });
    for (const pattern of says) assert.match(stderr, pattern);
    assert.doesNotMatch(stderr, /\n\s+at |Starting/);
    assert.equal(code, 2);
    assert.equal(stdout, '');
  });
}

test('bytes that are no text are told from a script', async (t) => {
  const cwd = await temporaryFolder(t);
  await writeFile(join(cwd, 'video.mp4'), Buffer.from([0, 0, 0, 32, 0xff, 0xfe, 0x80]));
  const { code, stderr } = await runAura(t, { words: ['render', 'video.mp4'], cwd });
  assert.match(stderr, /video\.mp4 is not a text in UTF-8/);
  assert.equal(code, 2);
});

test('a folder in place of the script or the video is told', async (t) => {
  const cwd = await temporaryFolder(t);
  await mkdir(join(cwd, 'folder.mp4'));
  await writeFile(join(cwd, 'a.md'), '# Tea\n\nHello.\n');
  const script = await runAura(t, { words: ['render', 'folder.mp4'], cwd });
  assert.match(script.stderr, /it is a folder/);
  const video = await runAura(t, { words: ['render', 'a.md', '-o', 'folder.mp4'], cwd });
  assert.match(video.stderr, /something that is not a file has that name/);
  assert.deepEqual([script.code, video.code], [2, 2]);
});

test('where an error was thrown is told only to those who debug', async (t) => {
  const cwd = await temporaryFolder(t);
  const env = { AURA_LOG_LEVEL: 'debug' };
  const { stderr } = await runAura(t, { words: ['render', 'missing.md'], cwd, env });
  assert.match(stderr, /\n\s+at .*render-input\.ts/);
});
