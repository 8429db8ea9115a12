import { z } from 'zod';
import { compositionJsonSchema } from '../src/protocol/index.ts';

/** What is read of a JSON Schema. */
interface Field {
  readonly type?: string | undefined;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly default?: unknown;
  readonly description?: string | undefined;
  readonly pattern?: string | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly exclusiveMinimum?: number | undefined;
  readonly multipleOf?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: Field | undefined;
  readonly oneOf?: readonly Field[] | undefined;
  readonly properties?: Readonly<Record<string, Field>> | undefined;
}

const fieldSchema: z.ZodType<Field> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    default: z.unknown().optional(),
    description: z.string().optional(),
    pattern: z.string().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    exclusiveMinimum: z.number().optional(),
    multipleOf: z.number().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    minItems: z.number().optional(),
    maxItems: z.number().optional(),
    required: z.array(z.string()).optional(),
    items: fieldSchema.optional(),
    oneOf: z.array(fieldSchema).optional(),
    properties: z.record(z.string(), fieldSchema).optional(),
  }),
);

/** A place for a table in the page: `<!-- fields: scenes[].clip -->`, the table, `<!-- end -->`. */
const places = /(<!-- fields: ?(\S*) -->\n)[\s\S]*?(<!-- end -->)/g;

/**
 * The page docs/composition.md with its tables of fields made anew from the schema.
 *
 * @throws {Error} for a place that names no object of the composition.
 */
export function withFieldTables(page: string): string {
  const root = fieldSchema.parse(compositionJsonSchema());
  const paths = [...page.matchAll(places)].map(([, , path = '']) => path);
  const tabled = new Set(paths.map((path) => identity(objectAt(root, path))));
  return page.replace(places, (_, start: string, path: string, end: string) => {
    const object = objectAt(root, path);
    const rows = rowsOf(object, { prefix: '', tabled });
    return `${start}\n${table(['field', 'value', 'when left out', 'meaning'], rows).join('\n')}\n\n${end}`;
  });
}

function objectAt(root: Field, path: string): Field {
  let field: Field | undefined = root;
  for (const step of path === '' ? [] : path.split('.')) {
    const inner: Field | undefined = propertiesOf(field ?? {})[step.replace('[]', '')];
    field = step.endsWith('[]') ? inner?.items : inner;
  }
  if (field === undefined) throw new Error(`The composition has no ${path}.`);
  return field;
}

/** The fields of an object; of a choice of objects, the fields of each. */
function propertiesOf({ properties, oneOf }: Field): Readonly<Record<string, Field>> {
  if (oneOf === undefined) return properties ?? {};
  const kinds = oneOf.flatMap((choice) => choice.properties?.['kind']?.const ?? []);
  return Object.assign({}, ...oneOf.map((choice) => choice.properties), { kind: { enum: kinds } });
}

function identity(object: Field): string {
  return JSON.stringify(propertiesOf(object));
}

interface RowsRequest {
  /** Of fields of an object without a table of its own. */
  readonly prefix: string;
  /** Objects with a table of their own. */
  readonly tabled: ReadonlySet<string>;
}

function rowsOf(object: Field, { prefix, tabled }: RowsRequest): string[][] {
  return Object.entries(propertiesOf(object)).flatMap(([name, field]) => {
    const inner = field.items ?? field;
    const isObject = Object.keys(propertiesOf(inner)).length > 0;
    const isElsewhere = isObject && tabled.has(identity(inner));
    const isRequired = requires(object, name) && field.default === undefined;
    const meaning = [field.description ?? '', isElsewhere ? 'See below.' : ''].join(' ').trim();
    const row = [
      `\`${prefix}${name}\``,
      describedValue(field),
      isRequired ? '**required**' : whenLeftOut(field),
      meaning.replaceAll('|', '\\|'),
    ];
    if (!isObject || isElsewhere) return [row];
    const innerPrefix = `${prefix}${name}${field.items === undefined ? '' : '[]'}.`;
    return [row, ...rowsOf(inner, { prefix: innerPrefix, tabled })];
  });
}

function requires({ required, oneOf }: Field, name: string): boolean {
  return oneOf?.every((choice) => requires(choice, name)) ?? required?.includes(name) ?? false;
}

function whenLeftOut({ default: value, properties }: Field): string {
  if (value === undefined) return '';
  return properties === undefined ? `\`${JSON.stringify(value)}\`` : 'its defaults';
}

function describedValue(field: Field): string {
  if (field.const !== undefined) return `\`${JSON.stringify(field.const)}\``;
  if (field.enum !== undefined) return field.enum.map((one) => `\`${JSON.stringify(one)}\``).join(', ');
  if (field.oneOf !== undefined || field.type === 'object') return 'object';
  if (field.items !== undefined) {
    const count = range(field.minItems, field.maxItems, '').replace(/^, /, ' of ');
    return `list${count}: ${describedValue(field.items)}`;
  }
  if (field.type === 'boolean') return '`true` or `false`';
  if (field.type === 'string') return textOf(field);
  const { minimum, exclusiveMinimum, maximum, multipleOf } = field;
  const kind = field.type === 'integer' ? 'whole number' : 'number';
  const most = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const over = exclusiveMinimum === undefined ? '' : `, more than ${exclusiveMinimum}`;
  return `${kind}${multipleOf === 2 ? ', even' : ''}${over}${range(minimum, most, '')}`;
}

function textOf({ pattern = '', minLength, maxLength }: Field): string {
  if (pattern.startsWith('^#')) return 'colour `#rrggbb`';
  if (pattern.startsWith('^[a-z0-9]')) return 'slug such as `lake-2`, 1 to 64 characters';
  if (pattern !== '') return 'BCP 47 tag such as `pt-BR`';
  if (maxLength === 2_000) return 'file, see [Files](#files)';
  return `text${range(minLength, maxLength, ' characters')}`;
}

function range(least: number | undefined, most: number | undefined, unit: string): string {
  const number = (value: number) => value.toLocaleString('en').replace('-', '\u2212');
  if (least !== undefined && most !== undefined && least !== 0)
    return `, ${number(least)} to ${number(most)}${unit}`;
  if (most !== undefined) return `, ${least === 0 && unit === '' ? '0 to' : 'up to'} ${number(most)}${unit}`;
  return least !== undefined && (least !== 0 || unit === '') ? `, from ${number(least)}` : '';
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  return [line(header), line(header.map((title) => '-'.repeat(title.length))), ...rows.map(line)];
}
