/** Where something stands in a document: keys and positions from the root. */
export type JsonPath = readonly (string | number)[];

const plainKey = /^[A-Za-z_][\w-]*$/;

/** The place as people and `jq` write it: `nodes[2].inputs.hour.reference`, `tasks["run 1"].command`; the root is `$`. */
export function jsonPlace(path: JsonPath): string {
  const text = path.map((step) => {
    if (typeof step === "number") return `[${step}]`;
    return plainKey.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  });
  return text.join("").replace(/^\./, "") || "$";
}
