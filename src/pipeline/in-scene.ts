import { AuraError } from '../protocol/index.ts';

/**
 * Does work for a scene; an error that comes of it names the scene, if it does not name one itself.
 *
 * @param scene the scene's id; undefined when the work is for the whole video.
 */
export async function inScene<T>(scene: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (scene === undefined || !(error instanceof AuraError)) throw error;
    if (error.place?.scene !== undefined) throw error;
    const { code, message, place, issues } = error;
    throw new AuraError(code, `${scene}: ${message}`, {
      place: { ...place, scene },
      ...(issues !== undefined && { issues }),
      cause: error,
    });
  }
}
