import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as H5wasm from "h5wasm/node";
import { isNereusError, NereusError } from "@/lib/errors";
import { hdf5Filters } from "@/server/formats/hdf5-filters";

export type Hdf5 = typeof H5wasm;

/** The HDF5 library (h5wasm), loaded on first use: its start costs about 0.3 s that classic files need not pay. */
export async function loadHdf5(): Promise<Hdf5> {
  const library = await import("h5wasm/node");
  const module = await library.ready;
  // Without it the library prints its error stack and goes on with empty results.
  module.activate_throwing_error_handler();
  return library;
}

/**
 * Does one call of the library and turns its failure into ours.
 * @param place what was being read, for the message
 * @throws file-truncated, unsupported-feature (a filter that is not built in), format-invalid
 */
export function inHdf5<Result>(file: string, place: string, call: () => Result): Result {
  try {
    return call();
  } catch (cause) {
    if (cause instanceof NereusError) throw cause;
    throw translate(file, place, cause);
  }
}

/**
 * The same for data that may be compressed with a filter which the library lacks: all filters are offered to it when
 * a data set asks for one.
 */
export function inHdf5WithFilters<Result>(
  hdf5: Hdf5,
  at: { readonly file: string; readonly place: string },
  call: () => Result,
): Result {
  try {
    return inHdf5(at.file, at.place, call);
  } catch (error) {
    if (!isNereusError(error, "unsupported-feature")) throw error;
    return withFilters(hdf5, () => inHdf5(at.file, at.place, call));
  }
}

/** The library looks for filters in folders and keeps the one it was looking for. */
function withFilters<Result>(hdf5: Hdf5, call: () => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), "nereus-hdf5-"));
  try {
    for (const [name, bytes] of hdf5Filters()) writeFileSync(join(folder, name), bytes);
    hdf5.Module.insert_plugin_search_path(folder, 0);
    return call();
  } finally {
    hdf5.Module.remove_plugin_search_path(0);
    rmSync(folder, { recursive: true, force: true });
  }
}

function translate(file: string, place: string, cause: unknown): NereusError {
  const text = cause instanceof Error ? cause.message : String(cause);
  const cut = /truncated file: eof = (\d+).*stored_eof = (\d+)/.exec(text);
  if (cut !== null) {
    const [actualBytes, expectedBytes] = [Number(cut[1]), Number(cut[2])];
    return new NereusError("file-truncated", { file, expectedBytes, actualBytes }, { cause });
  }
  const filter = /required filter '([^']*)' is not registered/.exec(text)?.[1];
  if (filter !== undefined)
    return new NereusError("unsupported-feature", { file, feature: `the compression filter ${filter}` }, { cause });
  // A trap of WebAssembly says nothing about the file but that it led there.
  const problem =
    cause instanceof WebAssembly.RuntimeError ? "the HDF5 library stopped reading it" : deepestReason(text);
  return new NereusError("format-invalid", { file, place, problem }, { cause });
}

/** The library reports a stack of calls, outermost first; the last entry says what it stumbled on. */
function deepestReason(text: string): string {
  const reasons = [...text.matchAll(/#\d+: .*? in \w+\(\): (.*)/g)].map((match) => match[1] ?? "");
  return reasons.at(-1) || text.split("\n", 1)[0] || "the HDF5 library gave no reason";
}
