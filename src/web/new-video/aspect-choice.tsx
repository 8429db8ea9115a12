import './aspect-choice.css';
import { Radio } from '@mantine/core';
import { type AspectName, aspectNames, aspects } from '../../protocol/index.ts';

interface AspectChoiceProps {
  /** Undefined when the script sets a size of its own. */
  readonly value: AspectName | undefined;
  onChange(value: AspectName): void;
}

const purposes = {
  '16:9': 'Wide',
  '9:16': 'Tall',
  '1:1': 'Square',
  '4:5': 'Portrait',
} as const satisfies Record<AspectName, string>;

export function AspectChoice({ value, onChange }: AspectChoiceProps) {
  const choose = (chosen: string) => {
    const aspect = aspectNames.find((name) => name === chosen);
    if (aspect !== undefined) onChange(aspect);
  };
  return (
    <Radio.Group label="Shape" value={value ?? null} onChange={choose}>
      <div className="aspect-choice">
        {aspectNames.map((name) => (
          <Radio.Card
            key={name}
            value={name}
            className="choice-card"
            aria-label={`${purposes[name]}, ${name}`}
          >
            <Shape aspect={name} />
            <span className="choice-name">{purposes[name]}</span>
            <span className="choice-detail">{name}</span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}

function Shape({ aspect }: { aspect: AspectName }) {
  const { width, height } = aspects[aspect];
  const scale = 26 / Math.max(width, height);
  return (
    <span className="aspect-shape">
      <span style={{ width: width * scale, height: height * scale }} />
    </span>
  );
}
