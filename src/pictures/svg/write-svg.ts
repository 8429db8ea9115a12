import type { SvgAttribute, SvgElement } from './svg-element.ts';

/**
 * Writes an SVG file anew from what was read and checked, so that what draws it cannot read anything else into the same
 * bytes. Elements of other languages (an editor's notes) are left out.
 *
 * @param families CSS list of the fonts all its text is drawn with: those it names would be those of one machine.
 */
export function writeSvg(root: SvgElement, families?: string): string {
  const fonts = families === undefined ? [] : [styleElement(root, `*{font-family:${families} !important}`)];
  return writeElement({ ...root, children: [...root.children, ...fonts] }, root.namespace);
}

function styleElement({ namespace, line }: SvgElement, css: string): SvgElement {
  return { name: 'style', namespace, attributes: [], children: [css], line };
}

function writeElement(element: SvgElement, namespace: string): string {
  const name = element.name;
  const attributes = element.attributes.filter(({ name }) => name !== 'xmlns').map(writeAttribute);
  const content = element.children.map((child) => {
    if (typeof child === 'string') return escaped(child);
    return child.namespace === namespace ? writeElement(child, namespace) : '';
  });
  const opening = [name, ` xmlns="${svgNamespace}"`, ...attributes].join('');
  return `<${opening}>${content.join('')}</${name}>`;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

function writeAttribute({ name, value }: SvgAttribute): string {
  // Line breaks as such would be read as spaces.
  return ` ${name}="${escaped(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')}"`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
