import { nearestName } from "@/lib/nearest-name";

const mostListed = 20;

/** The names that there are, for a sentence about a wrong one: the likeliest first. */
export function listKnown(wrong: string, known: readonly string[]): string {
  const near = nearestName(wrong, known);
  const ordered = near === null ? known : [near, ...known.filter((name) => name !== near)];
  return `${ordered.slice(0, mostListed).join(", ")}${ordered.length > mostListed ? ", ..." : ""}`;
}
