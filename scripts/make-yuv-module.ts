import { writeFile } from 'node:fs/promises';
import { yuvModule } from './yuv-module.ts';

await writeFile(new URL('../src/media/rgba-to-yuv.wasm', import.meta.url), await yuvModule());
