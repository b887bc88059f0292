import { isRecord } from "@/lib/interchange/is-record";
import { canonicalJson } from "@/lib/pipeline/canonical-json";

type Fields = Readonly<Record<string, unknown>>;

/**
 * What a foreign format has no word for, so that its file holds it under `nereus`: the fields in which `whole` differs from
 * what the rest of the file says, and under `absent` the names of those that it does not have. Undefined for nothing.
 * @param base  what the rest of the file says
 */
export function ownFields(base: Fields, whole: Fields): Fields | undefined {
  const differing = Object.keys(whole).filter((name) => textOf(base[name]) !== textOf(whole[name]));
  const absent = Object.keys(base).filter((name) => base[name] !== undefined && whole[name] === undefined);
  if (differing.length + absent.length === 0) return undefined;
  const fields = Object.fromEntries(differing.map((name) => [name, whole[name]]));
  return absent.length === 0 ? fields : { ...fields, absent };
}

/** The reverse: the base with those fields and without the absent ones. */
export function withOwnFields(base: Fields, own: unknown): Fields {
  if (!isRecord(own)) return base;
  const { absent, order: _order, ...fields } = own;
  const names: readonly unknown[] = Array.isArray(absent) ? absent : [];
  const kept = Object.entries(base).filter(([name]) => !names.includes(name));
  return { ...Object.fromEntries(kept), ...fields };
}

const textOf = (value: unknown): string => (value === undefined ? "" : canonicalJson(value));
