import { NereusError } from "@/lib/errors";
import type { Dataset } from "@/lib/formats/dataset";

/** What each axis of a variable counts: mass points, or the faces around them (one more). Slowest first, without time. */
type Axis = "z" | "zStag" | "y" | "yStag" | "x" | "xStag";

/** Variables without which no transport is possible, with their axes. Source: WRF Registry.EM_COMMON. */
const requiredVariables: ReadonlyMap<string, readonly Axis[]> = new Map<string, readonly Axis[]>([
  ["XLAT", ["y", "x"]],
  ["XLONG", ["y", "x"]],
  ["HGT", ["y", "x"]],
  ["U", ["z", "y", "xStag"]],
  ["V", ["z", "yStag", "x"]],
  ["W", ["zStag", "y", "x"]],
  ["PH", ["zStag", "y", "x"]],
  ["PHB", ["zStag", "y", "x"]],
  ["P", ["z", "y", "x"]],
  ["PB", ["z", "y", "x"]],
  ["T", ["z", "y", "x"]],
  ["T2", ["y", "x"]],
  ["PSFC", ["y", "x"]],
  ["U10", ["y", "x"]],
  ["V10", ["y", "x"]],
]);

/** Variables that are derived where a file lacks all of the names listed. */
const derivableVariables: ReadonlyMap<string, readonly string[]> = new Map([
  ["PBLH", ["PBLH"]],
  ["UST", ["UST"]],
  ["HFX", ["HFX"]],
  ["LANDMASK", ["LANDMASK", "XLAND"]],
  ["RAINNC", ["RAINC", "RAINNC"]],
]);

export type WrfShape = { readonly nX: number; readonly nY: number; readonly nZ: number; readonly nRecords: number };

/** Names of the WRF variables that the file lacks and that will be derived. */
export function derivedVariables(dataset: Dataset): string[] {
  return [...derivableVariables]
    .filter(([, names]) => !names.some((name) => dataset.variables.has(name)))
    .map(([derived]) => derived);
}

/**
 * Checks that a file holds all that transport needs, on one staggered grid, and tells its size.
 * @throws met-unsuitable with the names it lacks; met-no-records; grid-mismatch
 */
export function checkWrfVariables(dataset: Dataset): WrfShape {
  const missing = [...requiredVariables.keys()].filter((name) => !dataset.variables.has(name));
  if (missing.length > 0) throw new NereusError("met-unsuitable", { file: dataset.name, missing: missing.join(", ") });
  const shape = measure(dataset);
  const lengths: Record<Axis, number> = {
    x: shape.nX,
    xStag: shape.nX + 1,
    y: shape.nY,
    yStag: shape.nY + 1,
    z: shape.nZ,
    zStag: shape.nZ + 1,
  };
  for (const [name, axes] of requiredVariables) {
    const got = shapeOf(dataset, name);
    const want = axes.map((axis) => lengths[axis]);
    const space = got.slice(-want.length);
    const isFrame = got.length === want.length || (got.length === want.length + 1 && got[0] === shape.nRecords);
    if (!isFrame || space.some((length, d) => length !== want[d]))
      throw new NereusError("grid-mismatch", {
        file: dataset.name,
        variable: name,
        got: got.join(" x ") || "a scalar",
        want: `${shape.nRecords} x ${want.join(" x ")}`,
      });
  }
  return shape;
}

/** The temperature field says how many records and mass points there are. */
function measure(dataset: Dataset): WrfShape {
  const { Time } = dataset.dimensions;
  const shape = shapeOf(dataset, "T");
  if (Time === 0 || shape[0] === 0) throw new NereusError("met-no-records", { file: dataset.name });
  const [nRecords, nZ, nY, nX] = shape;
  if (nRecords === undefined || nZ === undefined || nY === undefined || nX === undefined || shape.length > 4)
    throw new NereusError("grid-mismatch", {
      file: dataset.name,
      variable: "T",
      got: shape.join(" x ") || "a scalar",
      want: "time x level x latitude x longitude",
    });
  return { nRecords, nZ, nY, nX };
}

function shapeOf(dataset: Dataset, name: string): readonly number[] {
  return dataset.variables.get(name)?.shape ?? [];
}
