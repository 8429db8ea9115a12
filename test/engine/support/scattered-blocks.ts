import { trimHeap } from '../../../src/engine/index.ts';

/** Prints what memory the process has while it holds 1 000 blocks of 100 KB, when one in twenty is left, and after trimming. */
const blocks = Array.from({ length: 1_000 }, () => Buffer.allocUnsafeSlow(100_000).fill(1));
const heldBytes = process.memoryUsage.rss();
const kept = blocks.filter((_, index) => index % 20 === 19);
for (const [index, block] of blocks.entries()) if (index % 20 !== 19) block.buffer.transfer(0);
const freedBytes = process.memoryUsage.rss();
await trimHeap();
const trimmedBytes = process.memoryUsage.rss();
console.log(JSON.stringify({ heldBytes, freedBytes, trimmedBytes, kept: kept.length }));
