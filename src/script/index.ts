export { parseScript } from './parse-script.ts';
export { fileUse, referencedFiles } from './script-files.ts';
export { isSilentByMistake, silenceProblem } from './silence.ts';
export { isFileName, shownKind } from './source-name.ts';
export { listSources, type SourceReference, type SourceUse, withSources } from './sources.ts';
