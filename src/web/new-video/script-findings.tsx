import './script-findings.css';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { lengthInWords } from '../words/time-in-words.ts';
import { estimateLengthSeconds } from './estimate-length.ts';
import type { Finding, Plan } from './plan.ts';

interface ScriptFindingsProps {
  readonly plan: Plan;
  onShow(finding: Finding): void;
}

/** Under the editor: what the script will become, or what is wrong with it and where. */
export function ScriptFindings({ plan, onShow }: ScriptFindingsProps) {
  return (
    <div id="script-findings" className="script-findings" data-kind={plan.kind} role="status">
      {plan.kind === 'ready' ? <Summary plan={plan} /> : <Mistake finding={plan.finding} onShow={onShow} />}
    </div>
  );
}

function Summary({ plan: { composition } }: { plan: Extract<Plan, { kind: 'ready' }> }) {
  const { scenes, video } = composition;
  return (
    <>
      <IconCircleCheck size={18} aria-hidden="true" />
      <span>
        {scenes.length} {scenes.length === 1 ? 'scene' : 'scenes'}
      </span>
      <span>about {lengthInWords(estimateLengthSeconds(composition))}</span>
      <span>
        {video.width} × {video.height}, {video.fps} fps
      </span>
    </>
  );
}

function Mistake({ finding, onShow }: { finding: Finding; onShow(finding: Finding): void }) {
  return (
    <>
      <IconAlertTriangle size={18} aria-hidden="true" />
      <span className="script-findings-message">
        {finding.line !== undefined && (
          <button type="button" onClick={() => onShow(finding)}>
            Line {finding.line}
            {finding.column !== undefined && `, column ${finding.column}`}
          </button>
        )}{' '}
        {finding.message} <span className="script-findings-action">{finding.action}</span>
      </span>
    </>
  );
}
