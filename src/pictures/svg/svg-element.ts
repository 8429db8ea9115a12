/** An element of an SVG file, as it was read. */
export interface SvgElement {
  /** Without its prefix. */
  readonly name: string;
  /** Of its namespace; empty when it has none. */
  readonly namespace: string;
  readonly attributes: readonly SvgAttribute[];
  readonly children: readonly (SvgElement | string)[];
  /** Where it begins in the file, counted from 1. */
  readonly line: number;
}

export interface SvgAttribute {
  /** As written, e.g. xlink:href. */
  readonly name: string;
  /** Without its prefix, e.g. href. */
  readonly localName: string;
  readonly value: string;
}

export function attributeOf(element: SvgElement, name: string): string | undefined {
  return element.attributes.find((attribute) => attribute.name === name)?.value;
}

/** The text directly in an element. */
export function textIn({ children }: SvgElement): string {
  return children.filter((child) => typeof child === 'string').join('');
}

export function elementsIn({ children }: SvgElement): SvgElement[] {
  return children.filter((child) => typeof child !== 'string');
}

/** The element and everything in it, in the order of the file. */
export function* allElements(element: SvgElement): Generator<SvgElement> {
  yield element;
  for (const child of elementsIn(element)) yield* allElements(child);
}
