/** Words that begin a new piece of a sentence, so that it may be divided before them. By language, in small letters. */
const conjunctions: Readonly<Record<string, string>> = {
  en: 'and but or nor so because although though while when where which who that if unless until since than as whether',
  de: 'und aber oder denn sondern weil obwohl während wenn wo dass ob bis seit als damit sodass',
  fr: 'et mais ou donc car parce puisque quand lorsque où qui que si bien tandis pendant comme',
  es: 'y e pero o u porque aunque mientras cuando donde que quien si sino como pues',
  pt: 'e mas ou porque embora enquanto quando onde que quem se senão como pois',
  it: 'e ed ma o oppure perché benché mentre quando dove che chi se come poiché',
  nl: 'en maar of want omdat hoewel terwijl wanneer waar die dat als totdat sinds dan',
  pl: 'i a ale lub albo bo ponieważ chociaż gdy kiedy gdzie który która które że jeśli niż',
  ru: 'и а но или потому хотя пока когда где который которая которые что если чем чтобы',
  tr: 've ama veya çünkü ancak eğer ki',
  hi: 'और लेकिन या क्योंकि जब जहाँ जो कि अगर',
  ar: 'أو لكن لأن حيث عندما الذي التي إذا ثم بينما',
  he: 'או אבל כי כאשר איפה אם אלא',
};

/** Whether a text may well be divided before the word. @param language BCP 47. */
export function isConjunction(word: string, language: string): boolean {
  const known = setOf(language.toLowerCase().split('-')[0] ?? '');
  return known?.has(word.toLowerCase().replaceAll(/[^\p{L}\p{M}]/gu, '')) === true;
}

const sets = new Map<string, ReadonlySet<string>>();

function setOf(language: string): ReadonlySet<string> | undefined {
  const words = Object.hasOwn(conjunctions, language) ? conjunctions[language] : undefined;
  if (words === undefined) return undefined;
  const known = sets.get(language) ?? new Set(words.split(' '));
  sets.set(language, known);
  return known;
}
