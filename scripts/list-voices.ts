/** Writes src/speech/espeak-voices.json from what eSpeak NG itself lists. Run it after changing the engine's version. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { EspeakVoice } from '@echogarden/espeak-ng-emscripten';
import { listEspeakVoices } from '../src/speech/espeak-engine.ts';

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = new URL('../src/speech/espeak-voices.json', import.meta.url);
  await writeFile(file, `${JSON.stringify(await listVoices(), null, 2)}\n`);
}

/** The voices in the form of the JSON file. Left out: the one that the engine's makers only test with. */
export async function listVoices() {
  const voices = (await listEspeakVoices()).filter((voice) => voice.name !== 'xextan-test');
  const names = new Set<string>();
  return voices.map((voice) => {
    const tags = voice.languages.map(({ name }) => name);
    const first = tags[0] ?? voice.identifier;
    const name = names.has(first) ? (voice.identifier.split('/').at(-1) ?? first).toLowerCase() : first;
    names.add(name.toLowerCase());
    const [language = first, ...alsoLanguages] = languagesOf(voice);
    return {
      name: name.toLowerCase(),
      label: voice.name.trim(),
      language,
      alsoLanguages,
      identifier: voice.identifier,
    };
  });
}

/** The tags in canonical form, without repetition; first the one with a region when both are there (pt-PT before pt). */
function languagesOf(voice: EspeakVoice): string[] {
  const tags = [...new Set(voice.languages.map(({ name }) => longestValidTag(name)))];
  const first = tags[0];
  const regional = tags.find((tag) => tag.startsWith(`${first}-`) && /-[A-Z]{2}$/.test(tag));
  return regional === undefined ? tags : [regional, ...tags.filter((tag) => tag !== regional)];
}

/** eSpeak NG has names such as `en-us-nyc` that are no BCP 47 tags, and `piqd`, which is a script: `und`, undetermined. */
function longestValidTag(name: string): string {
  for (let parts = name.split('-'); parts.length > 0; parts = parts.slice(0, -1)) {
    try {
      return new Intl.Locale(parts.join('-')).toString();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return 'und';
}
