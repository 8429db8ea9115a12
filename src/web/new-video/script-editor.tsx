import './script-editor.css';
import { type RefObject, useMemo } from 'react';
import { lineKinds } from './line-kinds.ts';

/** A longer script is shown as plain text, in UTF-16 code units: a copy of each line would make typing slow. */
const mostColouredLength = 100_000;

interface ScriptEditorProps {
  readonly value: string;
  /** Counts from 1; marked in the margin. */
  readonly wrongLine: number | undefined;
  readonly textareaRef: RefObject<HTMLTextAreaElement | null>;
  onChange(value: string): void;
}

/**
 * A plain textarea over a coloured copy of its text. The copy gives the height and the line numbers, so that wrapped
 * lines keep their number; the textarea keeps everything a browser knows about typing.
 */
export function ScriptEditor({ value, wrongLine, textareaRef, onChange }: ScriptEditorProps) {
  const isPlain = value.length > mostColouredLength;
  const lines = useMemo(() => (isPlain ? [] : value.split('\n')), [value, isPlain]);
  const kinds = useMemo(() => lineKinds(lines), [lines]);
  return (
    <div className="script-editor">
      <div className="script-editor-sheet" data-plain={isPlain || undefined}>
        <div className="script-editor-copy" aria-hidden="true">
          {lines.map((line, index) => (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
              key={index}
              className={`script-line script-line-${kinds[index]}`}
              data-wrong={index + 1 === wrongLine || undefined}
            >
              {line === '' ? '\u200b' : line}
            </div>
          ))}
        </div>
        <textarea
          ref={textareaRef}
          className="script-editor-text"
          aria-label="Script"
          aria-describedby="script-findings"
          aria-invalid={wrongLine !== undefined}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </div>
    </div>
  );
}
