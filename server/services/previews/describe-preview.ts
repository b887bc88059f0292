import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isNereusError, NereusError } from "@/lib/errors";
import type { DescribedFile, FileDescription } from "@/lib/formats/file-description";
import { containWork } from "@/server/services/contain-work";
import type { PreviewContext, PreviewFolder } from "@/server/services/previews/preview-folder";

type Context = Pick<PreviewContext, "config">;

/** Limits of DESIGN.md section 5 for one file that nobody vouches for. */
const limits = { timeoutSeconds: 30, cpuSeconds: 10, heapMb: 256, dataMb: 512 };

/** What a kept file is and holds. @throws {NereusError} what it is refused with; file-too-demanding; portal-busy */
export async function describePreview(ctx: Context, { path, name }: PreviewFolder): Promise<FileDescription> {
  const params = { describe: [{ path, name }], statistics: false };
  const text = await inspectContained(ctx, { params, name, result: "described.jsonl" });
  const { outcome } = parseDescribed(text);
  if ("description" in outcome) return outcome.description;
  throw new NereusError(outcome.error.code, outcome.error.fields);
}

/**
 * Runs `inspect` over one kept file and reads what it wrote.
 * @throws {NereusError} file-too-demanding when a limit ended it
 */
export async function inspectContained(
  ctx: Context,
  work: { readonly params: Readonly<Record<string, unknown>>; readonly name: string; readonly result: string },
): Promise<string> {
  const { params, name, result } = work;
  try {
    const job = { program: "inspect", params, inputs: {}, ...limits } as const;
    return await containWork(ctx.config, job, (out) => readFile(join(out, result), "utf8"));
  } catch (error) {
    const limit = limitOf(error);
    throw limit === null ? error : new NereusError("file-too-demanding", { file: name, limit }, { cause: error });
  }
}

/** Which limit ended the process; null for a failure that no limit explains. */
function limitOf(error: unknown): string | null {
  if (isNereusError(error, "command-timed-out")) return `${limits.timeoutSeconds} s`;
  if (!(error instanceof NereusError) || !isNereusError(error, "program-failed")) return null;
  const { exitCode, signal } = error.fields;
  if (signal === "SIGXCPU") return `${limits.cpuSeconds} s`;
  return signal !== null || exitCode === 134 ? `${limits.dataMb} MiB` : null;
}

/** Written by our own program of the same version. */
function parseDescribed(text: string): DescribedFile {
  return JSON.parse(text.split("\n")[0] ?? "");
}
