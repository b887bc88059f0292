import type { MetInventory } from "@/lib/formats/wrf/inventory";
import { lonLatOf } from "@/lib/geo/locate";
import { productPaths } from "@/lib/map/product";
import type { PublishedSteps } from "@/server/programs/close-product/read-fragments";

/**
 * The inventory of a weather product's own history files, paths below the product's folder: what a request may take its
 * weather from. Null when the grid is not a projected one or no history was kept.
 */
export function weatherInventory({ description, fragments }: PublishedSteps): MetInventory | null {
  const { grid } = description;
  if (grid.kind !== "projected") return null;
  const hours = fragments
    .flatMap((fragment) => {
      const file = fragment.files.find(({ path }) => path.startsWith(`${productPaths.history}/`));
      const validAtUtc = fragment.steps[0]?.validAtUtc;
      return file === undefined || validAtUtc === undefined ? [] : [{ file, validAtUtc }];
    })
    .sort((one, other) => Date.parse(one.validAtUtc) - Date.parse(other.validAtUtc));
  if (hours.length === 0) return null;
  const rim = [...Array(grid.nX).keys()].flatMap((i) => [lonLatOf(grid, i, 0), lonLatOf(grid, i, grid.nY - 1)]);
  rim.push(...[...Array(grid.nY).keys()].flatMap((j) => [lonLatOf(grid, 0, j), lonLatOf(grid, grid.nX - 1, j)]));
  const bounds = {
    south: Math.min(...rim.map(({ lat }) => lat)),
    north: Math.max(...rim.map(({ lat }) => lat)),
    west: Math.min(...rim.map(({ lon }) => lon)),
    east: Math.max(...rim.map(({ lon }) => lon)),
  };
  return {
    source: description.pipelineId,
    files: hours.map(({ file }) => ({ path: file.path, sizeBytes: file.sizeBytes, sha256: file.sha256 })),
    frames: hours.map(({ validAtUtc }, file) => ({ validAtUtc, file, record: 0, grid, bounds })),
    derived: [],
    demonstration: description.demonstration,
    runId: description.runId,
  };
}
