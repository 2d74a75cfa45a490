import { refuse } from './errors.ts';

interface Filter {
  readonly Name: string;
  readonly Values: readonly string[];
}

/** How a kind of thing is found. */
export interface Lookup<Item> {
  /** The parameter with the ids: `HaVipIds`. */
  readonly ids?: string;
  readonly idOf: (item: Item) => string;
  /** What an item has under a filter's name; undefined: there is no such filter. */
  readonly key: (name: string) => ((item: Item) => readonly string[]) | undefined;
  /** How many values a filter may have. */
  readonly maxValues: number;
  /** The filter of which a single value finds whatever ends with it. */
  readonly byEnd?: string;
}

const MAX_FILTERS = 10;
const MAX_PAGE = 100;
const PAGE = 20;

/**
 * Those that every filter finds by one of its values, a page of them; Offset and Limit may be text.
 *
 * @throws ApiError
 */
export function select<Item>(
  items: readonly Item[],
  body: Readonly<Record<string, unknown>>,
  lookup: Lookup<Item>,
): { readonly total: number; readonly page: readonly Item[] } {
  const ids = (lookup.ids ? body[lookup.ids] : undefined) as readonly string[] | undefined;
  const filters = (body.Filters ?? []) as readonly Filter[];
  if (ids && filters.length > 0) {
    refuse('InvalidParameter.Coexist', `${lookup.ids} and Filters exclude each other.`);
  }
  const wanted = filters.map((filter) => matcher(filter, lookup));
  if (filters.length > MAX_FILTERS) {
    refuse('LimitExceeded.NumberOfFilters', `More than ${MAX_FILTERS} filters.`);
  }
  const found = items.filter(
    (item) => (!ids || ids.includes(lookup.idOf(item))) && wanted.every((is) => is(item)),
  );
  const offset = number(body.Offset, 'Offset', 0);
  const limit = number(body.Limit, 'Limit', PAGE);
  if (limit > MAX_PAGE) {
    refuse('InvalidParameterValue.LimitExceeded', `Limit is over ${MAX_PAGE}.`);
  }
  return { total: found.length, page: found.slice(offset, offset + limit) };
}

function matcher<Item>({ Name, Values }: Filter, lookup: Lookup<Item>): (item: Item) => boolean {
  const key = lookup.key(Name);
  if (!key) refuse('InvalidParameter.FilterInvalidKey', `There is no filter ${Name}.`);
  if (Values.length > lookup.maxValues) {
    refuse(
      'InvalidParameterValue.LimitExceeded',
      `${Name} has more than ${lookup.maxValues} values.`,
    );
  }
  const [only = ''] = Values;
  if (Name === lookup.byEnd && Values.length === 1) {
    return (item) => key(item).some((value) => value.endsWith(only));
  }
  return (item) => key(item).some((value) => Values.includes(value));
}

function number(value: unknown, name: string, otherwise: number): number {
  if (value === undefined) return otherwise;
  const found = Number(value);
  if (Number.isSafeInteger(found) && found >= 0) return found;
  return refuse('InvalidParameterValue.Malformed', `${name} is not a number.`);
}

/** A table of filters as the function that finds them. */
export function keys<Item>(
  table: Readonly<Record<string, (item: Item) => readonly (string | undefined)[]>>,
): Lookup<Item>['key'] {
  return (name) => {
    const found = Object.hasOwn(table, name) ? table[name] : undefined;
    return found && ((item) => found(item).filter((one) => one !== undefined));
  };
}
