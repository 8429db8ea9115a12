import { enableCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';

// Children are many and short: loading their code is half of what the small ones cost, and this halves that.
enableCompileCache();
await import(pathToFileURL(process.argv[2] ?? '').href);
