import type { DrawingContext } from './drawing-context.ts';
import { type DrawingState, initialState, scaled, stateKey, translated, valueKey } from './drawing-state.ts';
import { type Paint, type PaintBounds, type PathStep, paintBounds, wholeRectangle } from './paint-bounds.ts';
import { appearanceOf } from './tracked-layers.ts';

/** One thing painted on the canvas. */
export interface PaintOp extends PaintBounds {
  /** Equal keys paint the same pixels over the same ground. */
  readonly key: string;
}

/** What was asked of a context, in order. */
export interface DisplayList {
  readonly ops: readonly PaintOp[];
  /** False when a layer was painted on after it had been drawn: what was drawn then can no longer be had. */
  isRepeatable(): boolean;
  /** Asks the same of another context. @param isWanted Which ops are painted there; all when absent. */
  replay(context: DrawingContext, isWanted?: (op: PaintOp) => boolean): void;
}

/** A context that paints nothing and remembers everything. */
export interface Recorder {
  readonly context: DrawingContext;
  /** What was recorded since the last time, and begins anew. */
  take(): DisplayList;
}

interface Entry {
  readonly op?: PaintOp;
  readonly repeat: (context: DrawingContext) => void;
}

/** @param scratch Of any size, never shown: measures text and makes gradients. */
export function createRecorder(scratch: DrawingContext): Recorder {
  let recording = new Recording(scratch);
  const context = new Proxy(scratch, {
    get: (target, name) => {
      if (typeof name === 'symbol') return Reflect.get(target, name, target);
      return recording.get(name);
    },
    set: (_, name, value) => {
      recording.set(String(name), value);
      return true;
    },
  });
  return {
    context,
    take: () => {
      const taken = recording;
      recording = new Recording(scratch);
      return taken.list();
    },
  };
}

/** Builds a path or changes the state; what is not named here or there paints. */
const pathMethods = new Set(['rect', 'roundRect', 'arc', 'moveTo', 'lineTo', 'closePath']);
const answering = new Set(['measureText', 'createLinearGradient', 'createRadialGradient']);
const painting = new Set(['drawImage', 'fill', 'stroke', 'fillRect', 'fillText', 'strokeText']);

class Recording {
  readonly #scratch: DrawingContext;
  readonly #entries: Entry[] = [];
  readonly #seen: { readonly layer: object; readonly appearance: string }[] = [];
  readonly #saved: DrawingState[] = [];
  #state = initialState;
  #path: PathStep[] = [];

  constructor(scratch: DrawingContext) {
    this.#scratch = scratch;
  }

  list(): DisplayList {
    const entries = this.#entries;
    const seen = this.#seen;
    return {
      ops: entries.flatMap(({ op }) => (op === undefined ? [] : [op])),
      isRepeatable: () => seen.every(({ layer, appearance }) => appearanceOf(layer) === appearance),
      replay: (context, isWanted = () => true) => {
        for (const { op, repeat } of entries) if (op === undefined || isWanted(op)) repeat(context);
      },
    };
  }

  set(name: string, value: unknown): void {
    this.#state = { ...this.#state, set: { ...this.#state.set, [name]: value } };
    this.#entries.push({ repeat: (context) => void Reflect.set(context, name, value, context) });
  }

  get(name: string): unknown {
    if (name in this.#state.set) return this.#state.set[name];
    const value: unknown = Reflect.get(this.#scratch, name, this.#scratch);
    if (typeof value !== 'function') return value;
    if (answering.has(name)) {
      return (...values: unknown[]) => this.#answer(() => Reflect.apply(value, this.#scratch, values));
    }
    return (...values: unknown[]) => this.#call(name, values);
  }

  #answer(ask: () => unknown): unknown {
    this.#scratch.save();
    Object.assign(this.#scratch, this.#state.set);
    const answer = ask();
    this.#scratch.restore();
    return answer;
  }

  #call(name: string, values: readonly unknown[]): void {
    const op = painting.has(name) ? this.#paint(name, values) : this.#change(name, values);
    const repeat = (context: DrawingContext): void => {
      const method: unknown = Reflect.get(context, name, context);
      if (typeof method === 'function') Reflect.apply(method, context, values);
    };
    this.#entries.push(op === undefined ? { repeat } : { op, repeat });
  }

  /** Follows what is no painting. What nobody knows here might be, so it counts as both. */
  #change(name: string, values: readonly unknown[]): PaintOp | undefined {
    const numbers = values.map(Number);
    const [x = 0, y = 0] = numbers;
    const { matrix, others, clips } = this.#state;
    const text = `${name}(${values.map(valueKey).join()})`;
    if (name === 'save') this.#saved.push(this.#state);
    else if (name === 'restore') this.#state = this.#saved.pop() ?? this.#state;
    else if (name === 'translate') this.#state = { ...this.#state, matrix: translated(matrix, [x, y]) };
    else if (name === 'scale') this.#state = { ...this.#state, matrix: scaled(matrix, [x, y]) };
    else if (name === 'beginPath') this.#path = [];
    else if (pathMethods.has(name)) this.#path = [...this.#path, { name, numbers, text, matrix }];
    else if (name === 'clip') this.#clip();
    else {
      this.#state = {
        ...this.#state,
        matrix: undefined,
        others: [...others, text],
        clips: [...clips, undefined],
      };
      return {
        key: text,
        bounds: () => undefined,
        isDivisible: false,
        hides: () => false,
        copied: undefined,
        picture: undefined,
        placed: undefined,
        isOver: false,
      };
    }
    return undefined;
  }

  #clip(): void {
    const { others, clips } = this.#state;
    const clip = wholeRectangle(this.#path);
    this.#state = {
      ...this.#state,
      others: [...others, `clip ${this.#pathKey()}`],
      clips: [...clips, clip],
    };
  }

  #pathKey(): string {
    return this.#path.map(({ text, matrix }) => `${text}@${matrix && Object.values(matrix)}`).join(' ');
  }

  #paint(name: string, values: readonly unknown[]): PaintOp {
    const [first] = values;
    if (typeof first === 'object' && first !== null) {
      this.#seen.push({ layer: first, appearance: appearanceOf(first) });
    }
    const shape = name === 'fill' || name === 'stroke' ? this.#pathKey() : '';
    const state = this.#state;
    const paint: Paint = { name, values, state, path: this.#path };
    return {
      key: `${name}(${values.map(valueKey).join()}) ${shape} ${stateKey(state, name)}`,
      ...paintBounds(paint, this.#scratch),
    };
  }
}
