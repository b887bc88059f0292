import { matchesGlob } from "@/lib/dag/glob";
import type { OutputDefinition } from "@/lib/pipeline/definition";
import { manifestName } from "@/lib/pipeline/output-manifest";

/** A file as a listing of `out/` shows it. */
export type SeenFile = { readonly path: string; readonly sizeBytes: number; readonly modifiedMs: number };

/** Since when, and over how many listings, a file has looked the same. */
export type Sighting = SeenFile & { readonly sinceMs: number; readonly listings: number };

/** What earlier listings of an attempt have shown, by path. */
export type Sightings = ReadonlyMap<string, Sighting>;

const stableByDefault = { listings: 2, seconds: 2 };

/** Adds a listing to what was seen before; files that are gone are forgotten. */
export function addListing(before: Sightings, files: readonly SeenFile[], atMs: number): Sightings {
  return new Map(
    files.map((file) => {
      const earlier = before.get(file.path);
      const isSame = earlier?.sizeBytes === file.sizeBytes && earlier.modifiedMs === file.modifiedMs;
      const first = { ...file, sinceMs: atMs, listings: 1 };
      return [file.path, isSame ? { ...earlier, listings: earlier.listings + 1 } : first];
    }),
  );
}

/**
 * The files of an output that a running attempt has finished by the output's commit rule.
 * @param seen  the newest listing included
 * @returns paths in order, without the markers themselves; those of `stable` are still to be checked by their format
 * Source: EXECUTION.md, section 10.
 */
export function finishedFiles(output: OutputDefinition, seen: Sightings, atMs: number): readonly string[] {
  const paths = [...seen.keys()].filter((path) => isFinalName(path) && matchesGlob(output.pattern, path));
  switch (output.commit) {
    case "on-exit":
      return [];
    case "on-rename":
      return paths;
    case "stable":
      return paths.filter((path) => isStable(seen.get(path), output.stable ?? stableByDefault, atMs));
    case "marker": {
      return withoutMarkers(output, paths).filter((path) => seen.has(markerOf(output, path)));
    }
    case "next-file":
      return paths.filter((path) => paths.some((other) => follows(other, path)));
  }
}

/** Whether an output takes a file once its attempt has ended well. */
export function isOutput(output: OutputDefinition, path: string, all: readonly string[]): boolean {
  if (!isFinalName(path) || !matchesGlob(output.pattern, path)) return false;
  return output.commit !== "marker" || !all.some((other) => other !== path && markerOf(output, other) === path);
}

/** Not half-written, nor on its way in by staging (`.part-<token>`), nor the job's own word about its files. */
const isFinalName = (path: string): boolean => path !== manifestName && !/\.(part|tmp)(-[^./]*)?$/.test(path);

function isStable(file: Sighting | undefined, wanted: { listings: number; seconds: number }, atMs: number): boolean {
  return file !== undefined && file.listings >= wanted.listings && atMs - file.sinceMs >= wanted.seconds * 1000;
}

function withoutMarkers(output: OutputDefinition, paths: readonly string[]): readonly string[] {
  const markers = new Set(paths.map((path) => markerOf(output, path)));
  return paths.filter((path) => !markers.has(path));
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

function markerOf({ marker = "{path}.done" }: OutputDefinition, path: string): string {
  return marker.replaceAll("{path}", () => path).replaceAll("{name}", () => nameOf(path));
}

const byNumber = new Intl.Collator("en", { numeric: true });

const follows = (other: string, path: string): boolean =>
  folderOf(other) === folderOf(path) && byNumber.compare(nameOf(other), nameOf(path)) > 0;
