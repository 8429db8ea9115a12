export { parseScript } from './parse-script.ts';
export { isFileName } from './source-name.ts';
export {
  listSources,
  pictureUse,
  referencedFiles,
  type SourceReference,
  type SourceUse,
  withSources,
} from './sources.ts';
