import {
  bundledLanguages,
  createCssVariablesTheme,
  createHighlighter,
  createJavaScriptRegexEngine,
  type ThemedToken,
} from 'shiki';
import type { Code } from '../protocol/index.ts';
import { type CodeLine, type CodeToken, type CodeTokenKind, codeTokenKinds } from '../timeline/index.ts';

/**
 * Tells the kinds of token in source code apart, as an editor does (TextMate grammars). A language it does not know is
 * left plain. The colours are the theme's, when it is drawn.
 */
export async function highlightCode({ language, text }: Code): Promise<CodeLine[]> {
  const name = language.toLowerCase();
  const lines = text.split('\n');
  if (!(name in bundledLanguages)) return lines.map((line) => [{ text: line, kind: 'plain' }]);
  // The engine in JavaScript, not the one in WebAssembly: no binary to load, and it can run anywhere.
  const engine = createJavaScriptRegexEngine({ forgiving: true });
  using highlighter = await createHighlighter({ langs: [name], themes: [kindTheme], engine });
  const { tokens } = highlighter.codeToTokens(text, {
    lang: name as keyof typeof bundledLanguages,
    theme: kindTheme,
    // By itself it gives up after half a second, and a busy machine would get other colours. Who waits sets the limit.
    tokenizeTimeLimit: 0,
  });
  return tokens.map((line) => joinAlike(line.map(codeToken)));
}

/** A theme whose "colours" are the names of kinds, such as `var(--kind-token-keyword)`. */
const kindTheme = createCssVariablesTheme({ name: 'kinds', variablePrefix: '--kind-' });

/** What the theme calls some kinds otherwise. */
const alike: Readonly<Record<string, CodeTokenKind>> = {
  'string-expression': 'string',
  inserted: 'string',
  deleted: 'keyword',
  changed: 'constant',
};

function codeToken({ content, color = '' }: ThemedToken): CodeToken {
  const name = /--kind-token-([a-z-]+)/.exec(color)?.[1] ?? 'plain';
  return { text: content, kind: codeTokenKinds.find((kind) => kind === name) ?? alike[name] ?? 'plain' };
}

/** Fewer pieces to draw: neighbours of one kind are one. */
function joinAlike(tokens: readonly CodeToken[]): CodeToken[] {
  const joined: CodeToken[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (last?.kind !== token.kind) joined.push(token);
    else joined[joined.length - 1] = { ...last, text: last.text + token.text };
  }
  return joined;
}
