import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { NereusError } from "@/lib/errors";
import type { PackedArray } from "@/lib/formats/pack";
import { decodeChunk } from "@/lib/formats/zarr/chunk";
import { mapChunkPath } from "@/lib/formats/zarr/map-store";
import { fragmentSchema } from "@/lib/map/fragment-schema";
import type { Fragment, ProductDescription } from "@/lib/map/product";
import { gunzip } from "@/server/formats/deflate";

/** All that the publish tasks of a run made. */
export type PublishedSteps = {
  readonly description: ProductDescription;
  readonly fragments: readonly Fragment[];
  /** By variable, then by step of the full time axis: the integers of the map store, null where a step is missing. */
  readonly packed: Readonly<Record<string, readonly (PackedArray | null)[]>>;
};

/**
 * Reads every `fragment.json` below some folders and the map chunks beside it.
 * @throws {NereusError} fragment-invalid when there is none, when one is damaged or when two describe other products
 */
export async function readFragments(folders: readonly string[]): Promise<PublishedSteps> {
  const found: { folder: string; fragment: Fragment }[] = [];
  for (const folder of folders) {
    const paths = (await readdir(folder, { recursive: true })).filter((path) => basename(path) === "fragment.json");
    for (const path of paths.sort())
      found.push({ folder: dirname(join(folder, path)), fragment: await readFragment(join(folder, path)) });
  }
  const description = found[0]?.fragment.description;
  if (description === undefined) throw invalid(folders.join(", "), "no publish task left a fragment");
  const packed: Record<string, (PackedArray | null)[]> = Object.fromEntries(
    description.variables.map(({ name }) => [name, description.times.map(() => null)]),
  );
  for (const { folder: own, fragment } of found) {
    if (JSON.stringify(fragment.description) !== JSON.stringify(description))
      throw invalid(description.productId, `two fragments describe it differently (${own})`);
    for (const { index } of fragment.steps) await readStep({ description, packed }, own, index);
  }
  return { description, fragments: found.map(({ fragment }) => fragment), packed };
}

async function readStep(
  { description, packed }: { description: ProductDescription; packed: Record<string, (PackedArray | null)[]> },
  folder: string,
  index: number,
): Promise<void> {
  const length = description.grid.nX * description.grid.nY;
  for (const { name, packing } of description.variables) {
    const bytes = await readFile(join(folder, "files", mapChunkPath(name, index)));
    packed[name]?.splice(index, 1, decodeChunk(bytes, { packing, length, gunzip }));
  }
}

async function readFragment(path: string): Promise<Fragment> {
  const parsed = fragmentSchema.safeParse(JSON.parse(await readFile(path, "utf8")));
  if (parsed.success) return parsed.data;
  throw invalid(path, parsed.error.issues[0]?.message ?? "not as expected");
}

function invalid(product: string, problem: string): NereusError {
  return new NereusError("fragment-invalid", { product, problem });
}
