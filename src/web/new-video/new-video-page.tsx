import './new-video-page.css';
import { Dropzone } from '@mantine/dropzone';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useRef } from 'react';
import { useDraft } from './draft.tsx';
import { DropHint } from './drop-hint.tsx';
import { ExportPanel } from './export-panel.tsx';
import type { LocalFile } from './local-file.ts';
import { MediaList } from './media-list.tsx';
import { OptionsPanel } from './options-panel.tsx';
import { type Finding, planVideo } from './plan.ts';
import { ScriptEditor } from './script-editor.tsx';
import { ScriptFindings } from './script-findings.tsx';
import { offsetOf, pictureMarkdown, withInserted } from './text-edit.ts';
import { useMedia } from './use-media.ts';

export function NewVideoPage() {
  const { script, choices, setScript, setChoices } = useDraft();
  const [settledScript] = useDebouncedValue(script, 150);
  const plan = useMemo(() => planVideo(settledScript, choices), [settledScript, choices]);
  const media = useMedia(settledScript);
  const textarea = useRef<HTMLTextAreaElement>(null);

  const show = (finding: Finding) => {
    const offset = offsetOf(script, finding);
    textarea.current?.focus();
    textarea.current?.setSelectionRange(offset, offset);
  };
  const insert = (file: LocalFile) =>
    setScript(withInserted(script, textarea.current?.selectionStart, pictureMarkdown(file.name)));

  return (
    <div className="new-video">
      <title>New video · Aura</title>
      <Dropzone.FullScreen
        classNames={dropClasses}
        onDrop={media.take}
        activateOnKeyboard={false}
        inputProps={unlabelledInput}
      >
        <DropHint />
      </Dropzone.FullScreen>
      <section className="card new-video-script" aria-labelledby="script-title">
        <h1 id="script-title" className="new-video-title">
          Your script
        </h1>
        <ScriptEditor
          value={script}
          wrongLine={plan.kind === 'wrong' ? plan.finding.line : undefined}
          textareaRef={textarea}
          onChange={setScript}
        />
        <ScriptFindings plan={plan} onShow={show} />
      </section>
      <aside className="card new-video-side" aria-label="How the video should be">
        <OptionsPanel plan={plan} choices={choices} onChange={setChoices} />
        <MediaList media={media} onInsert={insert} />
        <ExportPanel plan={plan} isSettled={script === settledScript} media={media} />
      </aside>
    </div>
  );
}

/** Nobody reaches this input but by dropping; the file button is the one for hands and screen readers. */
const unlabelledInput = { 'aria-hidden': true, tabIndex: -1 };

const dropClasses = { fullScreen: 'drop-screen', root: 'drop-zone' };
