import { access, constants, readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import {
  AuraError,
  type Composition,
  type CompositionInput,
  compositionSchema,
  type ErrorCode,
} from '../protocol/index.ts';
import {
  fileUse,
  isFileName,
  listSources,
  parseScript,
  referencedFiles,
  type SourceReference,
} from '../script/index.ts';

/** What a file to render says, and the local files it needs. */
export interface RenderInput {
  readonly request: { readonly script: string } | { readonly composition: CompositionInput };
  readonly files: readonly LocalFile[];
}

export interface LocalFile {
  /** As the script or composition calls it. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

/**
 * Reads a Markdown script, or a composition when the name ends in `.json`, and finds the files it names beside it.
 *
 * @throws {AuraError} file_not_found, picture_missing, audio_missing (file_not_found for other kinds), composition_invalid and what parseScript throws.
 */
export async function readRenderInput(file: string): Promise<RenderInput> {
  const text = await readText(file);
  const isComposition = extname(file).toLowerCase() === '.json';
  const request = isComposition ? { composition: parseComposition(text) } : { script: checkedScript(text) };
  const references = 'script' in request ? scriptFiles(text) : compositionFiles(request.composition);
  return { request, files: await locate(references, dirname(resolve(file))) };
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new AuraError('file_not_found', `${file} cannot be read (${reasonOf(error)}).`, { cause: error });
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const detail = `${basename(file)} is not a text in UTF-8.`;
    throw new AuraError('script_invalid', detail, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EISDIR') return 'it is a folder';
  return code === 'EACCES' ? 'it may not be read' : String(code ?? error);
}

/** The server parses it again; parsed here, a mistake is told before anything is started. */
function checkedScript(text: string): string {
  parseScript(text);
  return text;
}

function parseComposition(text: string): Composition {
  const parsed = compositionSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  const count = issues.length === 1 ? 'One field is' : `${issues.length} fields are`;
  throw new AuraError('composition_invalid', `${count} not as the schema says.`, { issues });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AuraError('composition_invalid', `It is not JSON: ${reason}.`, { cause: error });
  }
}

interface Reference extends SourceReference {
  readonly scene?: string;
  readonly place?: { readonly line: number; readonly column: number };
}

function scriptFiles(text: string): Reference[] {
  return referencedFiles(text).map((reference) => {
    const place = fileUse(text, reference.source);
    return { ...reference, ...(place && { place }) };
  });
}

function compositionFiles(composition: Composition): Reference[] {
  return listSources(composition).filter(({ source }) => isFileName(source));
}

async function locate(references: readonly Reference[], folder: string): Promise<LocalFile[]> {
  const files = references.map((reference) => ({ reference, path: resolve(folder, reference.source) }));
  const isThere = await Promise.all(files.map(({ path }) => canRead(path)));
  const missing = files.filter((_, index) => !isThere[index]).map(({ reference }) => reference);
  if (missing[0] !== undefined) throw missingFiles(missing[0], missing, folder);
  // Once each, though one may be used as two things.
  return [
    ...new Map(files.map(({ reference: { source }, path }) => [source, { name: source, path }])).values(),
  ];
}

async function canRead(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}

/** The error is about the first of them; the others are listed. */
function missingFiles(first: Reference, all: readonly Reference[], folder: string): AuraError {
  const issues = all.map(({ source, place }) => ({
    path: source,
    message: place === undefined ? 'is not there' : `is not there (line ${place.line})`,
  }));
  return new AuraError(missingCodes[first.kind], `There is no “${first.source}” in ${folder}.`, {
    place: { ...first.place, ...(first.scene !== undefined && { scene: first.scene }) },
    ...(all.length > 1 && { issues }),
  });
}

const missingCodes = {
  picture: 'picture_missing',
  audio: 'audio_missing',
  video: 'file_not_found',
  font: 'file_not_found',
  timing: 'file_not_found',
} as const satisfies Record<SourceReference['kind'], ErrorCode>;
