export { parseScript } from './parse-script.ts';
export {
  listSources,
  referencedFiles,
  type SourceReference,
  type SourceUse,
  withSources,
} from './sources.ts';
