/** What choosing a voice looks at. */
export interface MatchableVoice {
  readonly name: string;
  readonly label: string;
  /** BCP 47, canonical, its region included where it has one. */
  readonly language: string;
  /** Further tags it serves: `zh` for `cmn`, `no` for `nb`. */
  readonly alsoLanguages: readonly string[];
}

/** The voice of that name (upper and lower case are the same), or undefined. */
export function voiceNamed<Voice extends MatchableVoice>(
  voices: readonly Voice[],
  name: string,
): Voice | undefined {
  const wanted = name.trim().toLowerCase();
  return voices.find((voice) => voice.name === wanted || voice.label.toLowerCase() === wanted);
}

/** The best voice for a BCP 47 tag: its own region's, else the language's most common one; undefined when there is none. */
export function voiceForLanguage<Voice extends MatchableVoice>(
  voices: readonly Voice[],
  tag: string,
): Voice | undefined {
  const locale = parseTag(tag);
  if (locale === undefined) return undefined;
  const wanted = preferredTag(locale);
  const ranked = voices
    .map((voice) => ({ voice, rank: rank(voice, wanted) }))
    .filter(({ rank }) => rank < unfit)
    .sort((one, other) => one.rank - other.rank);
  return ranked[0]?.voice;
}

/** Up to three names that look most like the one that was given. */
export function closestNames(voices: readonly MatchableVoice[], name: string): string[] {
  const wanted = name.trim().toLowerCase().slice(0, 100);
  return voices
    .map((voice) => ({
      name: voice.name,
      distance: Math.min(editDistance(voice.name, wanted), editDistance(voice.label.toLowerCase(), wanted)),
    }))
    .sort((one, other) => one.distance - other.distance)
    .slice(0, 3)
    .map((voice) => voice.name);
}

function parseTag(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}

/** Where the likeliest region is not the best guess: one has to know how a place's language is spoken. */
function preferredTag({ language, region, baseName }: Intl.Locale): Intl.Locale {
  const elsewhere = (regions: readonly string[]) => region !== undefined && !regions.includes(region);
  if (language === 'zh' && (region === 'HK' || region === 'MO')) return new Intl.Locale('yue');
  if (language === 'es' && elsewhere(['ES', 'GQ', 'PH'])) return new Intl.Locale('es-419');
  if (language === 'en' && elsewhere(['US', 'CA', 'PH', '029'])) return new Intl.Locale('en-GB');
  return new Intl.Locale(baseName);
}

const unfit = 5;

function rank(voice: MatchableVoice, wanted: Intl.Locale): number {
  const own = new Intl.Locale(voice.language);
  if (own.language !== wanted.language) {
    const serves = voice.alsoLanguages.some((tag) => new Intl.Locale(tag).language === wanted.language);
    return serves ? 4 : unfit;
  }
  const isPlain =
    own.toString() === [own.language, own.region].filter((part) => part !== undefined).join('-');
  const isSameRegion = own.maximize().region === wanted.maximize().region;
  if (isSameRegion) return isPlain ? 0 : 1;
  const isLikeliest = own.maximize().region === new Intl.Locale(wanted.language).maximize().region;
  return isLikeliest && isPlain ? 2 : 3;
}

/** Levenshtein: how many letters have to be put in, left out or changed. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [column, otherLetter] of [...other].entries()) {
      const changed = (row[column] ?? 0) + (letter === otherLetter ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
