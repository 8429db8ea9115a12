/** Finds the `id:` lines of an event stream, also one that two reads share. */
export function createIdReader(onId: (id: number) => void): { read(bytes: Buffer): void } {
  let unread = '';
  return {
    read(bytes) {
      const text = unread + bytes.toString('latin1');
      let from = 0;
      for (;;) {
        const start = text.indexOf(marker, from);
        const end = start < 0 ? -1 : text.indexOf('\n', start + marker.length);
        if (end < 0) {
          unread = text.slice(start < 0 ? Math.max(from, text.length - marker.length + 1) : start);
          return;
        }
        onId(Number(text.slice(start + marker.length, end)));
        from = end;
      }
    },
  };
}

const marker = '\nid: ';
