import { z } from 'zod';

// Zod speeds itself up with `new Function`, which the page's content security policy reports as an attack. Imported
// before anything that makes a schema.
z.config({ jitless: true });
