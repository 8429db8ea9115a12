import { writeFile } from 'node:fs/promises';
import { yuvModule } from './yuv/module.ts';

await writeFile(new URL('../src/media/yuv.wasm', import.meta.url), await yuvModule());
