/** What Next.js gives for one parameter of an address: a list when the address names it twice. */
export type QueryValue = string | string[] | undefined;

/** The value of a parameter of an address, the first where it stands twice; undefined where there is none. */
export function firstValue(value: QueryValue): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
