import { AuraError, type Composition, toFailure } from '../../protocol/index.ts';
import { parseScript } from '../../script/index.ts';
import { type Choices, withChoices } from './choices.ts';

/** Something in the script that keeps it from becoming a video. Lines and columns count from 1. */
export interface Finding {
  readonly message: string;
  readonly action: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

export type Plan =
  | { readonly kind: 'ready'; readonly composition: Composition }
  | { readonly kind: 'wrong'; readonly finding: Finding };

/** What Export would make of the script and the choices. Pure: this is also what is posted. */
export function planVideo(script: string, choices: Choices): Plan {
  try {
    return { kind: 'ready', composition: withChoices(parseScript(script), choices) };
  } catch (error) {
    if (!(error instanceof AuraError)) throw error;
    return { kind: 'wrong', finding: toFinding(error) };
  }
}

function toFinding(error: AuraError): Finding {
  return {
    // The place is shown by itself, and a mistake's own message says what to write instead.
    message: error.message.replace(/^line \d+, column \d+: /, ''),
    action: error.code === 'script_invalid' ? '' : toFailure(error).action,
    line: error.place?.line,
    column: error.place?.column,
  };
}
