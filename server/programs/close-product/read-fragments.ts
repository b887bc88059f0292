import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { NereusError } from "@/lib/errors";
import type { PackedArray } from "@/lib/formats/pack";
import { fragmentSchema } from "@/lib/map/fragment-schema";
import type { Fragment, ProductDescription, PublishedVariable } from "@/lib/map/product";
import { readMapChunk } from "@/server/formats/read-map-chunk";

/** All that the publish tasks of a run made. */
export type PublishedSteps = {
  readonly description: ProductDescription;
  readonly fragments: readonly Fragment[];
  /** Steps of the time axis that were published, ascending. */
  readonly steps: readonly number[];
  /** The integers of the map store, read anew each time. */
  read(variable: PublishedVariable, step: number): Promise<PackedArray>;
};

/**
 * Reads every `fragment.json` below some folders; the map chunks beside them as they are asked for.
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
  const places = new Map<number, string>();
  for (const { folder: own, fragment } of found) {
    if (JSON.stringify(fragment.description) !== JSON.stringify(description))
      throw invalid(description.productId, `two fragments describe it differently (${own})`);
    for (const { index } of fragment.steps) places.set(index, join(own, "files"));
  }
  return {
    description,
    fragments: found.map(({ fragment }) => fragment),
    steps: [...places.keys()].sort((one, other) => one - other),
    read: (variable, step) => readMapChunk(places.get(step) ?? "", description.grid, { variable, step }),
  };
}

async function readFragment(path: string): Promise<Fragment> {
  const parsed = fragmentSchema.safeParse(JSON.parse(await readFile(path, "utf8")));
  if (parsed.success) return parsed.data;
  throw invalid(path, parsed.error.issues[0]?.message ?? "not as expected");
}

function invalid(product: string, problem: string): NereusError {
  return new NereusError("fragment-invalid", { product, problem });
}
