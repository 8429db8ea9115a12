import { Filter, type FilterContext, FilterGraph } from 'node-av/lib';
import { check, required } from './ffmpeg.ts';

/** FFmpeg filters, each fed by the one before it. */
export interface FilterRow extends Disposable {
  readonly source: FilterContext;
  /** The last filter before the sink, to ask for what it measured. */
  readonly last: FilterContext;
  readonly sink: FilterContext;
}

/** A filter's name and its settings, as on FFmpeg's command line. */
export interface FilterStep {
  readonly name: string;
  readonly settings: string;
}

/**
 * Sets up filters in the order that frames go through them.
 *
 * @param steps from the source to the sink, such as `buffer` and `buffersink`, both included.
 */
export async function openFilterRow({ source, filters, sink }: FilterRowSteps): Promise<FilterRow> {
  const graph = new FilterGraph();
  graph.alloc();
  try {
    const first = addFilter(graph, source, 'in');
    let last = first;
    for (const [index, step] of filters.entries()) {
      last = linked(last, addFilter(graph, step, `${step.name}-${index}`), step.name);
    }
    const end = linked(last, addFilter(graph, { name: sink, settings: '' }, 'out'), sink);
    check(await graph.config(), `set up the filters ${filters.map(({ name }) => name).join(', ')}`);
    return { source: first, last, sink: end, [Symbol.dispose]: () => graph.free() };
  } catch (error) {
    graph.free();
    throw error;
  }
}

interface FilterRowSteps {
  readonly source: FilterStep;
  readonly filters: readonly FilterStep[];
  /** Its name. */
  readonly sink: string;
}

function addFilter(graph: FilterGraph, { name, settings }: FilterStep, label: string): FilterContext {
  const filter = required(Filter.getByName(name), `filter ${name}`);
  return required(graph.createFilter(filter, label, settings), `filter ${name}`);
}

function linked(from: FilterContext, to: FilterContext, name: string): FilterContext {
  check(from.link(0, to, 0), `set up the filter ${name}`);
  return to;
}
