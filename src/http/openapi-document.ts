interface Operations {
  readonly [method: string]: unknown;
}

interface OpenApiDocument {
  readonly paths?: { readonly [path: string]: Operations | undefined };
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
}

/** Named although no response is made of them: they are what the event stream carries. */
const streamed = ['JobEvent', 'Live'];

/**
 * Tidies a generated document: HEAD goes without saying (and would use its GET's operation id twice), and a schema is
 * listed only where something refers to it.
 */
export function finishDocument<Document extends OpenApiDocument>(document: Document): Document {
  const paths = Object.fromEntries(
    Object.entries(document.paths ?? {}).map(([path, operations]) => {
      const { head: _head, ...others } = operations ?? {};
      return [path, others];
    }),
  );
  const schemas = document.components?.schemas ?? {};
  const used = usedNames(paths, schemas);
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  return { ...document, paths, components: { ...document.components, schemas: kept } };
}

function usedNames(paths: object, schemas: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const used = new Set<string>();
  const waiting = [...streamed, ...namesIn(paths)];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (used.has(name)) continue;
    used.add(name);
    waiting.push(...namesIn(schemas[name]));
  }
  return used;
}

function namesIn(part: unknown): string[] {
  const references = JSON.stringify(part ?? null).matchAll(/"#\/components\/schemas\/(\w+)"/g);
  return [...references].map((match) => match[1] ?? '');
}
