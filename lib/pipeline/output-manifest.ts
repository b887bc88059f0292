import { z } from "zod";
import { NereusError } from "@/lib/errors";

/** File in a job's `out/` in which it tells about the files that it makes. It is never an artifact itself. */
export const manifestName = ".manifest.jsonl";

/** What a job tells about one of its files; filters, groups, expressions and bindings read it. */
export type OutputDescription = {
  readonly mimeType?: string;
  /** Plain JSON; a name is one key, dots are not paths. */
  readonly metadata?: Readonly<Record<string, unknown>>;
};

/** Largest manifest that is read; that of a task with as many files as it may have (10,000) is about 2 MB. */
export const maxManifestBytes = 16 * 1024 * 1024;
const limits = { lineCharacters: 16 * 1024, keys: 64, depth: 16 } as const;

/**
 * Reads a manifest: one JSON object a line, `{"path":"tiles/r0c0.tif","mimeType":"image/tiff","metadata":{"row":0}}`. A
 * job appends the line of a file before the file gets its final name. The last line of a path counts.
 * @param text  all of it, or all up to now: what follows the last line end is still being written unless `ended`
 * @returns by path below `out/`
 * @throws {NereusError} manifest-invalid naming the line
 */
export function parseManifest(
  text: string,
  { ended }: { readonly ended: boolean },
): ReadonlyMap<string, OutputDescription> {
  const lines = text.split("\n");
  if (!ended) lines.pop();
  const described = new Map<string, OutputDescription>();
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const { path, ...description } = parseLine(line, index + 1);
    described.set(path, description);
  }
  return described;
}

const isInner = (path: string): boolean =>
  path.split("/").every((segment) => segment !== "" && segment !== "." && segment !== "..");

const lineSchema = z.strictObject({
  path: z.string().max(1000).refine(isInner, "must be a path below out/"),
  mimeType: z
    .string()
    .max(127)
    .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+( *;.*)?$/, "must be like image/tiff")
    .optional(),
  metadata: z
    .record(z.string().min(1).max(100), z.unknown())
    .refine((metadata) => Object.keys(metadata).length <= limits.keys, `may have at most ${limits.keys} keys`)
    .optional(),
});

function parseLine(line: string, number: number): z.output<typeof lineSchema> {
  const refuse = (problem: string) => new NereusError("manifest-invalid", { line: number, problem });
  if (line.length > limits.lineCharacters) throw refuse(`it is longer than ${limits.lineCharacters} characters`);
  const value = parseJson(line);
  if (value === undefined) throw refuse("it is not JSON");
  if (!isStorable(value, limits.depth))
    throw refuse(`it nests deeper than ${limits.depth} levels or holds characters that are no text`);
  const parsed = lineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(`${issue?.path.join(".") || "it"}: ${issue?.message ?? "is not as expected"}`);
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** PostgreSQL keeps neither NUL nor half a surrogate pair in JSON. */
function isStorable(value: unknown, depth: number): boolean {
  if (typeof value === "string") return !/[\0\p{Surrogate}]/u.test(value);
  if (typeof value !== "object" || value === null) return true;
  if (depth === 0) return false;
  return Object.entries(value).every(([key, inner]) => isStorable(key, 1) && isStorable(inner, depth - 1));
}
