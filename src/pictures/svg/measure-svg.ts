import { AuraError, limits } from '../../protocol/index.ts';
import { allElements, attributeOf, elementsIn, type SvgElement, textIn } from './svg-element.ts';
import { fragmentOf, referencesOf } from './svg-references.ts';
import { type StyleRule, styleRules } from './svg-styles.ts';

/**
 * Refuses a file that is small as it is written and endless as it is drawn: elements that use elements that use elements
 * (or masks, patterns, filters, which are drawn again as well).
 *
 * @throws {AuraError} picture_invalid.
 */
export function measureSvg(root: SvgElement, name: string): void {
  const elements = [...allElements(root)];
  const byId = Map.groupBy(elements, (element) => attributeOf(element, 'id') ?? '');
  const drawnBy = (id: string) => (byId.get(id) ?? []).filter(isDrawn);
  const rules = elements
    .filter(isStyle)
    .flatMap((style) => styleRules(textIn(style)))
    .filter(({ fragments }) => fragments.some((id) => drawnBy(id).length > 0));
  const targetsOf = (element: SvgElement) => [...new Set(fragmentsOf(element, rules))].flatMap(drawnBy);
  if (createCount(targetsOf, name)(root) > limits.svgElements) {
    throw invalid(
      `“${name}” draws more than ${limits.svgElements} elements, as some or its filters are used again and again.`,
    );
  }
}

/** A gradient costs nothing to use again: nothing in it is drawn. */
function isDrawn({ name }: SvgElement): boolean {
  return name !== 'linearGradient' && name !== 'radialGradient';
}

function isStyle({ name }: SvgElement): boolean {
  return name === 'style';
}

function fragmentsOf(element: SvgElement, rules: readonly StyleRule[]): string[] {
  if (drawsNothing.has(element.name)) return [];
  const own = referencesOf(element).map(({ target }) => fragmentOf(target));
  const styled = rules.filter((rule) => rule.matches(element)).flatMap(({ fragments }) => fragments);
  return [...own.filter((fragment) => fragment !== undefined), ...styled];
}

/** What these point at is not drawn because of them. A style sheet's targets count where its rules match. */
const drawsNothing = new Set(
  'style a animate animateMotion animateTransform mpath set stop linearGradient radialGradient title desc'.split(
    ' ',
  ),
);

/** How many elements are drawn for one, with all that is in it and all that it uses. Each is counted once, however often used. */
function createCount(
  targetsOf: (element: SvgElement) => SvgElement[],
  name: string,
): (element: SvgElement) => number {
  const counted = new Map<SvgElement, number | 'under way'>();
  const count = (element: SvgElement, depth: number): number => {
    const known = counted.get(element);
    if (known === 'under way') {
      throw invalid(`“${name}”, line ${element.line}, draws <${element.name}> inside itself.`);
    }
    if (known !== undefined) return known;
    if (depth > limits.svgDepth) {
      throw invalid(`“${name}” is nested more than ${limits.svgDepth} deep, as its elements use each other.`);
    }
    counted.set(element, 'under way');
    const parts = [...elementsIn(element), ...targetsOf(element)];
    const total = parts.reduce((sum, part) => sum + count(part, depth + 1), weightOf(element));
    counted.set(element, total);
    return total;
  };
  return (element) => count(element, 1);
}

/** Some filters work on every pixel with all its neighbours: one takes as long as hundreds of shapes. */
function weightOf({ name }: SvgElement): number {
  return slowFilters.has(name) ? 500 : 1;
}

const slowFilters = new Set(
  'feGaussianBlur feDropShadow feMorphology feConvolveMatrix feTurbulence feDisplacementMap feDiffuseLighting feSpecularLighting'.split(
    ' ',
  ),
);

function invalid(detail: string): AuraError {
  return new AuraError('picture_invalid', `${detail} Simplify it, or save it as PNG.`);
}
