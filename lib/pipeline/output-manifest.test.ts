import { describe, expect, test } from "vitest";
import { isNereusError } from "@/lib/errors";
import { parseManifest } from "@/lib/pipeline/output-manifest";

const ended = { ended: true };
const lineOf = (more: object) => JSON.stringify({ path: "a.nc", ...more });
const problemOf = (text: string) => {
  try {
    parseManifest(text, ended);
  } catch (error) {
    if (isNereusError(error, "manifest-invalid")) return error.fields;
    throw error;
  }
  return null;
};

test("each line tells about one file, and the last line of a path counts", () => {
  const text = [lineOf({ metadata: { hour: 1 } }), "", '{"path":"b/c.tif","mimeType":"image/tiff"}', lineOf({})].join(
    "\n",
  );
  expect(parseManifest(text, ended)).toEqual(
    new Map([
      ["a.nc", {}],
      ["b/c.tif", { mimeType: "image/tiff" }],
    ]),
  );
});

test("a line that is still being written is left for later, and is wrong when the job has ended", () => {
  const text = `${lineOf({ metadata: { hour: 1 } })}\n{"path":"b`;
  expect([...parseManifest(text, { ended: false }).keys()]).toEqual(["a.nc"]);
  expect(problemOf(text)).toEqual({ line: 2, problem: "it is not JSON" });
});

test("a name that objects inherit is metadata like any other", () => {
  const [described] = parseManifest('{"path":"a.nc","metadata":{"constructor":"x"}}', ended).values();
  expect(described?.metadata).toEqual({ constructor: "x" });
});

describe("a manifest is refused, naming its line,", () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
  test.each([
    ["for a path that leaves out/", '{"path":"../x"}'],
    ["for an absolute path", '{"path":"/etc/passwd"}'],
    ["without a path", '{"metadata":{}}'],
    ["for a field that does not exist", lineOf({ sha256: "0" })],
    ["for metadata that are a list", lineOf({ metadata: [1] })],
    ["for a mime type that is none", lineOf({ mimeType: "tiff" })],
    ["for a NUL in a text", lineOf({ metadata: { a: "\0" } })],
    ["for a NUL in a name", lineOf({ metadata: { "\0": 1 } })],
    ["for half a surrogate pair", String.raw`{"path":"a.nc","metadata":{"a":"\ud800"}}`],
    ["for JSON that nests too deep", lineOf({ metadata: { a: nested(20) } })],
    ["for brackets without end", "[".repeat(16_000)],
    ["for a line that is too long", lineOf({ metadata: { a: "x".repeat(20_000) } })],
    [
      "for more than 64 keys",
      lineOf({ metadata: Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`k${n}`, n])) }),
    ],
  ])("%s", (_, line) => {
    expect(problemOf(`${lineOf({})}\n${line}`)?.line).toBe(2);
  });
});
