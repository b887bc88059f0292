import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
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
 * Makes room for a file of an account; what is an hour old goes, and the oldest of the same account beyond four.
 * @param name  as the sender calls the file, for messages only: never part of a path
 */
export async function makePreviewFolder(
  place: Place,
  owner: { readonly actor: Actor; readonly name: string; readonly nowMs: number },
): Promise<PreviewFolder> {
  await removeOld(place, owner);
  const id = randomBytes(16).toString("hex");
  const folder = folderOf(place, id);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "about.json"), JSON.stringify({ owner: ownerOf(owner.actor), name: owner.name }));
  return { id, path: join(folder, "file"), name: owner.name };
}

/** @throws {NereusError} preview-unknown, also for the file of another account */
export async function findPreviewFolder(place: Place, actor: Actor, id: string): Promise<PreviewFolder> {
  const unknown = () => new NereusError("preview-unknown", {});
  if (!/^[0-9a-f]{32}$/.test(id)) throw unknown();
  const about = await readAbout(folderOf(place, id));
  if (about === null || about.owner !== ownerOf(actor)) throw unknown();
  return { id, path: join(folderOf(place, id), "file"), name: about.name };
}

export async function removePreviewFolder(place: Place, { id }: PreviewFolder): Promise<void> {
  await rm(folderOf(place, id), { recursive: true, force: true });
}

const rootOf = ({ scratchPath }: Place): string => join(scratchPath, "previews");
const folderOf = (place: Place, id: string): string => join(rootOf(place), id);
const ownerOf = (actor: Actor): string => (actor.kind === "user" ? actor.userId : actor.kind);

type About = { readonly owner: string; readonly name: string };

/** Written by `makePreviewFolder`. */
async function readAbout(folder: string): Promise<About | null> {
  const text = await readFile(join(folder, "about.json"), "utf8").catch(() => null);
  return text === null ? null : JSON.parse(text);
}

async function removeOld(place: Place, owner: { readonly actor: Actor; readonly nowMs: number }): Promise<void> {
  const own: { folder: string; madeMs: number }[] = [];
  for (const id of await readdir(rootOf(place)).catch(() => [])) {
    const folder = folderOf(place, id);
    const [about, made] = [await readAbout(folder), await stat(folder).catch(() => null)];
    if (made === null) continue;
    if (owner.nowMs - made.mtimeMs > keptMs) await rm(folder, { recursive: true, force: true });
    else if (about?.owner === ownerOf(owner.actor)) own.push({ folder, madeMs: made.mtimeMs });
  }
  own.sort((one, other) => other.madeMs - one.madeMs);
  for (const { folder } of own.slice(mostOfOne - 1)) await rm(folder, { recursive: true, force: true });
}
