import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { NereusError } from "@/lib/errors";
import type { Actor, ServiceContext } from "@/server/services/context";

/** A file that somebody looks into: where it lies for an hour, and what its sender calls it. */
export type PreviewFolder = { readonly id: string; readonly path: string; readonly name: string };

/** What looking into files needs of the world. */
export type PreviewContext = Pick<ServiceContext, "db" | "actor" | "now"> & {
  readonly config: Pick<ServiceContext["config"], "scratchPath" | "programsPath">;
};

type Place = Pick<PreviewContext["config"], "scratchPath">;

const keptMs = 3_600_000;
/** Files that one account may have lying there. */
const mostOfOne = 4;

/**
 * Makes room for a file; what is an hour old goes. Nobody finds the folder before it is kept.
 * @param name  as the sender calls the file, for messages only: never part of a path
 */
export async function makePreviewFolder(
  place: Place,
  { name, nowMs }: { readonly name: string; readonly nowMs: number },
): Promise<PreviewFolder> {
  await removeOldPreviews(place, nowMs);
  const id = randomBytes(16).toString("hex");
  await mkdir(folderOf(place, id), { recursive: true });
  return { id, path: join(folderOf(place, id), "file"), name };
}

/** Lets an account find a folder whose file is there; the oldest of the same account beyond four go. */
export async function keepPreviewFolder(place: Place, actor: Actor, { id, name }: PreviewFolder): Promise<void> {
  const about: About = { owner: ownerOf(actor), name };
  const whole = join(folderOf(place, id), "about.json");
  // Under another name until it is whole: others read it meanwhile.
  await writeFile(`${whole}.new`, JSON.stringify(about));
  await rename(`${whole}.new`, whole);
  const others: { folder: string; usedMs: number }[] = [];
  for (const folder of await foldersOf(place)) {
    if (folder === folderOf(place, id) || (await readAbout(folder))?.owner !== about.owner) continue;
    others.push({ folder, usedMs: await usedMsOf(folder) });
  }
  others.sort((one, other) => other.usedMs - one.usedMs);
  for (const { folder } of others.slice(mostOfOne - 1)) await rm(folder, { recursive: true, force: true });
}

/** @throws {NereusError} preview-unknown, also for the file of another account and an hour after it came */
export async function findPreviewFolder(
  place: Place,
  { actor, id, nowMs }: { readonly actor: Actor; readonly id: string; readonly nowMs: number },
): Promise<PreviewFolder> {
  const unknown = () => new NereusError("preview-unknown", {});
  if (!/^[0-9a-f]{32}$/.test(id)) throw unknown();
  const folder = folderOf(place, id);
  if (nowMs - (await usedMsOf(folder)) > keptMs) throw unknown();
  const about = await readAbout(folder);
  if (about === null || about.owner !== ownerOf(actor)) throw unknown();
  return { id, path: join(folder, "file"), name: about.name };
}

export async function removePreviewFolder(place: Place, { id }: PreviewFolder): Promise<void> {
  await rm(folderOf(place, id), { recursive: true, force: true });
}

/** Removes what is an hour old; a file that is still being written is not old. */
export async function removeOldPreviews(place: Place, nowMs: number): Promise<void> {
  for (const folder of await foldersOf(place))
    if (nowMs - (await usedMsOf(folder)) > keptMs) await rm(folder, { recursive: true, force: true });
}

const rootOf = ({ scratchPath }: Place): string => join(scratchPath, "previews");
const folderOf = (place: Place, id: string): string => join(rootOf(place), id);
const ownerOf = (actor: Actor): string => (actor.kind === "user" ? actor.userId : actor.kind);

async function foldersOf(place: Place): Promise<readonly string[]> {
  const ids = await readdir(rootOf(place)).catch(() => []);
  return ids.map((id) => folderOf(place, id));
}

/** When a folder or its file was written last, ms; 0 for one that is gone. */
async function usedMsOf(folder: string): Promise<number> {
  const written = [folder, join(folder, "file")].map((path) =>
    stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    ),
  );
  return Math.max(...(await Promise.all(written)));
}

const aboutSchema = z.object({ owner: z.string(), name: z.string() });
type About = z.output<typeof aboutSchema>;

/** Null for a folder that is not kept yet, and for one that nobody can read. */
async function readAbout(folder: string): Promise<About | null> {
  const text = await readFile(join(folder, "about.json"), "utf8").catch(() => "null");
  try {
    return aboutSchema.nullable().parse(JSON.parse(text));
  } catch {
    return null;
  }
}
