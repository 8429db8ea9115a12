import { AuraError } from '../protocol/index.ts';
import type { App } from './app.ts';

/** Takes JSON bodies only. An empty one is no body, so that clients may send the content type with nothing. */
export function acceptJsonBodies(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: unknown, text: string) => (text.trim() === '' ? undefined : parseJson(text)),
  );
}

/**
 * JSON whose every string can be stored: PostgreSQL takes neither U+0000 nor half of a surrogate pair, which JSON can
 * only carry as escapes. Both become U+FFFD, as CommonMark asks for.
 *
 * @throws {AuraError} body_not_json.
 */
export function parseJson(text: string): unknown {
  try {
    return /\\u(0000|[dD][89a-fA-F])/.test(text) ? JSON.parse(text, storable) : JSON.parse(text);
  } catch (error) {
    throw new AuraError('body_not_json', error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}

function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\uFFFD') : value;
}
