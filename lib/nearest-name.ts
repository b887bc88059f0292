/**
 * The known name that a misspelled one probably means, or null when none is near.
 * @returns the name at the smallest edit distance, at most a third of its length (at least 1)
 */
export function nearestName(wrong: string, known: readonly string[]): string | null {
  const ranked = known
    .map((name) => ({ name, distance: editDistance(wrong.toLowerCase(), name.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : null;
}

const mostShown = 20;

/** What to write instead of a wrong name, to be added to a sentence: the nearest one, else those that there are. */
export function suggestName(wrong: string, known: readonly string[]): string {
  const near = nearestName(wrong, known);
  if (near !== null) return ` Did you mean “${near}”?`;
  if (known.length === 0) return "";
  const more = known.length > mostShown ? ", ..." : "";
  return ` Known: ${known.slice(0, mostShown).join(", ")}${more}.`;
}

function editDistance(one: string, other: string): number {
  let previous = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const change = (previous[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
      current.push(Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
