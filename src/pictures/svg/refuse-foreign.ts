import { AuraError } from '../../protocol/index.ts';
import { embeddedPicture } from './embedded-picture.ts';
import { allElements, attributeOf, type SvgAttribute, type SvgElement, textIn } from './svg-element.ts';
import { fragmentOf, referencesOf } from './svg-references.ts';

/**
 * Refuses everything in an SVG file that is more than a drawing: scripts, HTML, and whatever points outside of the file.
 * Nothing is taken out in silence: people learn what of their file would be missing.
 *
 * @throws {AuraError} picture_invalid with the line.
 */
export function refuseForeign(root: SvgElement, name: string): void {
  for (const element of allElements(root)) {
    const found = foreignIn(element, root.namespace);
    if (found !== undefined)
      throw new AuraError('picture_invalid', `“${name}”, line ${element.line}, ${found}`);
  }
}

function foreignIn(element: SvgElement, namespace: string): string | undefined {
  if (foreignElements.has(element.name.toLowerCase()) || element.namespace === htmlNamespace) {
    return `has <${element.name}>: an SVG picture is drawn without scripts and without HTML. ${plain}`;
  }
  for (const attribute of element.attributes) {
    const found =
      foreignAttribute(attribute) ?? (isCss(attribute) ? foreignStyle(attribute.value) : undefined);
    if (found !== undefined) return found;
  }
  if (animatesForeign(element))
    return `animates a link or a handler: nothing of an SVG picture moves. ${plain}`;
  const outside = referencesOf(element).find(({ target }) => isOutside(target));
  if (outside !== undefined) return `points at “${shortened(outside.target)}”: ${onlyInside}`;
  return element.name === 'style' && element.namespace === namespace
    ? foreignStyle(textIn(element))
    : undefined;
}

const htmlNamespace = 'http://www.w3.org/1999/xhtml';
const foreignElements = new Set(
  'script handler listener foreignobject iframe frame object embed applet audio video canvas link meta base form'.split(
    ' ',
  ),
);
const plain = 'Export it as plain SVG, or as PNG.';
const onlyInside =
  'only its own parts (#name) and embedded PNG, JPEG or WebP pictures are drawn. Embed it, or save it all as PNG.';

function foreignAttribute({ name, localName, value }: SvgAttribute): string | undefined {
  if (/^on/i.test(localName)) return `has ${name}="…": an SVG picture is drawn without scripts. ${plain}`;
  if (name === 'xml:base') return `has xml:base="${shortened(value)}": ${onlyInside}`;
  return undefined;
}

/** Attributes that are read as CSS and may point at something. */
function isCss({ name }: SvgAttribute): boolean {
  return /^(style|fill|stroke|filter|mask|clip-path|cursor|marker(-start|-mid|-end)?)$/.test(name);
}

/** What loads files by other words than url(…), and escapes, which could spell any of these words. */
function foreignStyle(css: string): string | undefined {
  const [word] =
    /@import|@font-face|@namespace|\bimage-set\s*\(|\bimage\s*\(|\bsrc\s*\(|\bexpression\s*\(/i.exec(css) ??
    [];
  if (word !== undefined) return `has ${word} in its style: ${onlyInside}`;
  return css.includes('\\') ? `has a backslash in its style. ${plain}` : undefined;
}

function animatesForeign(element: SvgElement): boolean {
  const animated = attributeOf(element, 'attributeName') ?? '';
  return /(^|:)(href|src|on\w*)$/i.test(animated.trim());
}

function isOutside(target: string): boolean {
  return target !== '' && fragmentOf(target) === undefined && embeddedPicture(target) === undefined;
}

function shortened(target: string): string {
  return target.length > 80 ? `${target.slice(0, 80)}…` : target;
}
