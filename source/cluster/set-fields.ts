/** The fields of `value` that are set: in a `Cluster` an optional field is absent, never undefined. */
export type SetFields<T extends object> = { [K in keyof T]: Exclude<T[K], undefined> };

export function setFields<T extends object>(value: T): SetFields<T> {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries) as SetFields<T>;
}
