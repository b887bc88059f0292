const longest = 63;
/** Names that expressions use for other things. */
const reserved = ["input", "config"];

/**
 * A slug for every name, none twice. A name that is a slug keeps it; the others are written in small letters, what a
 * slug cannot hold becomes a hyphen, and a number tells equal ones apart.
 * @param names  distinct
 */
export function slugNames(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(reserved);
  const slugs = new Map<string, string>();
  const given = names.filter((name) => toSlug(name) === name && !taken.has(name));
  for (const name of [...given, ...names]) {
    if (slugs.has(name)) continue;
    const slug = freeSlug(toSlug(name), taken);
    taken.add(slug);
    slugs.set(name, slug);
  }
  return slugs;
}

/** `Pre process (1)` becomes `pre-process-1`. */
export function toSlug(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const slug = plain.replace(/[^a-z0-9_-]+/g, "-").replace(/^[^a-z0-9]+|-+$/g, "");
  return slug.slice(0, longest) || "task";
}

function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  for (let number = 2; ; number += 1) {
    const tail = `-${number}`;
    const candidate = `${slug.slice(0, longest - tail.length)}${tail}`;
    if (!taken.has(candidate)) return candidate;
  }
}
