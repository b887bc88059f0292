/**
 * The text of a JSON value inside a text: null is "", text is itself, booleans and numbers as JSON prints them, lists the
 * texts of their members that are not null joined with ", ", objects compact JSON.
 * Lists are walked without recursion.
 * Source: conformance/README.md, Expressions.
 */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  if (!Array.isArray(value)) return JSON.stringify(value);
  // A list of lists joined with one separator is the join of their leaves; an empty one is an empty leaf.
  const leaves: string[] = [];
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const item = waiting.pop();
    const members = Array.isArray(item) ? item.filter((member) => member !== null && member !== undefined) : null;
    if (members === null) leaves.push(textOf(item));
    else if (members.length === 0) leaves.push("");
    else for (let index = members.length - 1; index >= 0; index -= 1) waiting.push(members[index]);
  }
  return leaves.join(", ");
}
