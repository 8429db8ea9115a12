/**
 * Bodies of event streams, and what a client must make of them. Each case stands for the file of that name in the
 * web-platform-tests' folder `eventsource`; see docs/event-stream.md.
 */
export interface FormatCase {
  readonly body: string | Uint8Array;
  readonly data: readonly string[];
  readonly ids?: readonly (string | undefined)[];
  readonly types?: readonly (string | undefined)[];
  /** In seconds, as it was told to the watcher. */
  readonly retries?: readonly number[];
}

export const formatCases: Readonly<Record<string, FormatCase>> = {
  'event-data': {
    body: 'data:msg\ndata:msg\n\n:\nfalse:msg\n\ndata\ndata\n\ndata:end\n\n',
    data: ['msg\nmsg', '\n', 'end'],
  },
  'format-bom': { body: '\u{feff}data:1\n\n\u{feff}data:2\n\ndata:3\n\n', data: ['1', '3'] },
  'format-bom-2': { body: '\u{feff}\u{feff}data:1\n\ndata:2\n\ndata:3\n\n', data: ['2', '3'] },
  'format-comments': {
    body: `data:1\r:\0\n:\r\ndata:2\n:${'x'.repeat(3_000)}\rdata:3\n:data:fail\r:${'y'.repeat(3_000)}\ndata:4\n\n`,
    data: ['1\n2\n3\n4'],
  },
  'format-data-before-final-empty-line': {
    body: 'retry:1000\ndata:here\n\nid:9\ndata:lost',
    data: ['here'],
    retries: [1],
  },
  'format-field-data': { body: 'data:\n\ndata\ndata\n\ndata:test\n\n', data: ['', '\n', 'test'] },
  'format-field-event': {
    body: 'event:test\ndata:x\n\ndata:x\n\n',
    data: ['x', 'x'],
    types: ['test', undefined],
  },
  'format-field-event-empty': { body: 'event: \ndata:data\n\n', data: ['data'], types: [undefined] },
  'format-field-id': { body: 'id: 7\ndata:one\n\n', data: ['one'], ids: ['7'] },
  'format-field-id-null': { body: 'id: 1\0x\ndata:one\n\n', data: ['one'], ids: [undefined] },
  'format-field-parsing': {
    body: 'data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n',
    data: ['\0\n 2\n1\n3\n\n4'],
  },
  'format-field-retry': { body: 'retry:3000\ndata:x\n\n', data: ['x'], retries: [3] },
  'format-field-retry-bogus': { body: 'retry:3000\nretry:1000x\ndata:x\n\n', data: ['x'], retries: [3] },
  'format-field-retry-empty': { body: 'retry\ndata:test\n\n', data: ['test'], retries: [] },
  'format-field-unknown': {
    body: 'data:test\n data\ndata\nfoobar:xxx\njustsometext\n:comment\n\n',
    data: ['test\n'],
  },
  'format-leading-space': { body: 'data:\ttest\rdata: \ndata:test\n\n', data: ['\ttest\n\ntest'] },
  'format-newlines': { body: 'data:test\r\ndata\ndata:test\r\n\r\n', data: ['test\n\ntest'] },
  'format-null-character': { body: 'data:\0\n\n\n\n', data: ['\0'] },
  'format-utf-8': { body: 'data:ok…\n\n', data: ['ok…'] },
  'format-utf-8, broken bytes': { body: Buffer.from('data:a\xffb\n\n', 'latin1'), data: ['a\u{fffd}b'] },
};
