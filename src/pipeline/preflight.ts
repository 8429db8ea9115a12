import { missingCharacters } from '../media/index.ts';
import type { OwnFont } from '../media/register-fonts.ts';
import type { Warning } from '../protocol/index.ts';
import type { Timeline } from '../timeline/index.ts';
import { sceneTexts } from './scene-texts.ts';

/** Names the characters that would be drawn as boxes, scene by scene. */
export async function characterWarnings(
  { scenes, captions }: Timeline,
  fonts: readonly OwnFont[],
): Promise<Warning[]> {
  const warnings: Warning[] = [];
  for (const scene of scenes) {
    const shown = captions.style === 'none' ? { ...scene, cues: [] } : scene;
    const missing = await missingCharacters(sceneTexts(shown).join('\n'), fonts);
    if (missing.length === 0) continue;
    const named = missing.slice(0, mostNamed).map(nameOf).join(', ');
    const more = missing.length > mostNamed ? ` and ${missing.length - mostNamed} more` : '';
    const message = `No font has ${named}${more}; boxes are drawn instead. Use other characters, or a brand font that has them.`;
    warnings.push({ code: 'characters_missing', message, scene: scene.id });
  }
  return warnings;
}

const mostNamed = 8;

function nameOf(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `${character} (U+${point.toString(16).toUpperCase().padStart(4, '0')})`;
}
