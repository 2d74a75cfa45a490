import { refuse } from './errors.ts';

/**
 * The shape of a parameter: `string`, `integer`, `boolean`, a list of a shape, or an object's fields
 * (a name that ends in `!` is required).
 */
export type Shape = 'string' | 'integer' | 'boolean' | readonly [Shape] | Fields;
export interface Fields {
  readonly [name: string]: Shape;
}

type Body = Readonly<Record<string, unknown>>;

/**
 * Strict on purpose, as a client that sends `"20"` for `20` works here and fails there.
 *
 * @throws ApiError `UnknownParameter`, `InvalidParameter`, `MissingParameter`, in this order
 */
export function checkBody(body: Body, fields: Fields): void {
  checkFields(body, fields, '');
}

function checkFields(body: Body, fields: Fields, path: string): void {
  const shapes = new Map(
    Object.entries(fields).map(([name, shape]) => [name.replace('!', ''), shape]),
  );
  for (const [name, value] of Object.entries(body)) {
    const shape = shapes.get(name);
    if (!shape) refuse('UnknownParameter', `The parameter \`${path}${name}\` is not recognized.`);
    checkValue(value, shape, `${path}${name}`);
  }
  for (const name of Object.keys(fields)) {
    if (!name.endsWith('!')) continue;
    const plain = name.slice(0, -1);
    if (body[plain] === undefined) {
      refuse('MissingParameter', `The parameter \`${path}${plain}\` is missing.`);
    }
  }
}

function checkValue(value: unknown, shape: Shape, path: string): void {
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) wrongType(path, 'list');
    value.forEach((one, index) => {
      checkValue(one, shape[0] as Shape, `${path}.${index}`);
    });
  } else if (typeof shape === 'object') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      wrongType(path, 'object');
    }
    checkFields(value as Body, shape as Fields, `${path}.`);
  } else if (!isScalar(value, shape as string)) wrongType(path, shape as string);
}

function isScalar(value: unknown, shape: string): boolean {
  return shape === 'integer' ? Number.isSafeInteger(value) : typeof value === shape;
}

function wrongType(path: string, type: string): never {
  refuse('InvalidParameter', `The value of the parameter \`${path}\` is not of the type ${type}.`);
}

/** A GET request's flattened parameters (`A.0.B=1`) as the body that they stand for. */
export function unflatten(query: string, fields: Fields): Body {
  const root: Record<string, unknown> = {};
  for (const [name, text] of new URLSearchParams(query)) put(root, name.split('.'), text, fields);
  return root;
}

function put(into: Record<string, unknown>, names: string[], text: string, shape: Shape): void {
  const [name = '', ...rest] = names;
  const inner = (Array.isArray(shape) ? shape[0] : fieldOf(shape, name)) as Shape;
  if (rest.length === 0) {
    into[name] = scalarOf(text, inner);
    return;
  }
  into[name] ??= Array.isArray(inner) ? [] : {};
  put(into[name] as Record<string, unknown>, rest, text, inner);
}

function fieldOf(shape: Shape, name: string): Shape {
  const fields = shape as Fields;
  return fields[name] ?? fields[`${name}!`] ?? 'string';
}

function scalarOf(text: string, shape: Shape): unknown {
  if (shape === 'integer' && /^-?\d+$/.test(text)) return Number(text);
  if (shape === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text;
}
