import type { RunTask } from '../../src/engine/index.ts';
import { artifactKey } from '../../src/storage/artifact-key.ts';
import { asJson, type TinyFiles } from './open-server.ts';

/** A job's one task that says how far it is, shows a picture, and waits to be let go; then it writes its video. */
export function heldVideo(gate: () => Promise<void>): (files: TinyFiles) => RunTask {
  return (files) => async (context) => {
    context.progress(0.5, 'Writing');
    await context.preview(new Uint8Array([0xff, 0xd8, 0xff, 0xd9]));
    const stopped = new Promise<never>((_, reject) => {
      context.signal.addEventListener('abort', () => reject(context.signal.reason), { once: true });
    });
    await Promise.race([gate(), stopped]);
    const bytes = Buffer.from('video');
    const artifact = await files.put({ name: 'video.mp4', contentType: 'video/mp4', bytes });
    await context.use([artifactKey(artifact)]);
    return { output: [asJson(artifact)], cached: false };
  };
}
