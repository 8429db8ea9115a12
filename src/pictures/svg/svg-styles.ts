import { attributeOf, type SvgElement } from './svg-element.ts';
import { fragmentOf, urlsIn } from './svg-references.ts';

/** A rule of a style sheet that points at parts of the file. */
export interface StyleRule {
  readonly fragments: readonly string[];
  matches(element: SvgElement): boolean;
}

/**
 * The rules that make elements use other elements. A selector more special than `rect`, `.class` and `#id`, or a rule that
 * cannot be told from its neighbours, is taken to match everything: at worst a picture counts as larger than it is.
 */
export function styleRules(css: string): StyleRule[] {
  const text = withoutComments(css);
  const rules = [...text.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(
    ([, selectors = '', declarations = '']) => {
      const fragments = fragmentsIn(declarations);
      const matchers = selectors.split(',').map((selector) => matcherOf(selector.trim()));
      return fragments.length === 0
        ? []
        : [{ fragments, matches: (element: SvgElement) => matchers.some((matches) => matches(element)) }];
    },
  );
  const known = new Set(rules.flatMap(({ fragments }) => fragments));
  const others = fragmentsIn(css).filter((fragment) => !known.has(fragment));
  return [...rules, { fragments: others, matches: () => true }];
}

function fragmentsIn(css: string): string[] {
  return urlsIn(css)
    .map(fragmentOf)
    .filter((fragment) => fragment !== undefined);
}

/** Where there are quotes, what looks like a comment may be none. */
function withoutComments(css: string): string {
  return /["']/.test(css) ? css : css.replaceAll(/\/\*.*?\*\//gs, ' ');
}

function matcherOf(selector: string): (element: SvgElement) => boolean {
  const [, name = '', rest = ''] = /^([\w-]*)((?:[.#][\w-]+)*)$/.exec(selector) ?? [];
  if (name === '' && rest === '') return () => true;
  const parts = rest.match(/[.#][\w-]+/g) ?? [];
  return (element) =>
    (name === '' || element.name === name) &&
    parts.every((part) =>
      part.startsWith('#')
        ? attributeOf(element, 'id') === part.slice(1)
        : (attributeOf(element, 'class') ?? '').split(/\s+/).includes(part.slice(1)),
    );
}
