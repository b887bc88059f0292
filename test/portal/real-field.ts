import { readUnpacked } from "@/lib/formats/packing";
import { readWrfGrid } from "@/lib/formats/wrf/read-grid";
import { wrapLongitude } from "@/lib/geo/projection";
import { curvilinearTransform } from "@/lib/map/curvilinear-transform";
import { type GridTransform, gridTransform } from "@/lib/map/grid-transform";
import type { PublishedVariable } from "@/lib/map/product";
import { openDataset } from "@/server/formats/open-dataset";
import { aVariable } from "@/test/fixtures/a-product";
import { reference } from "@/test/fixtures/reference";

/** A field of a model's own file beside what the map makes of its grid. */
export type RealField = {
  readonly transform: GridTransform;
  /** Places of the cell centres as the file gives them, degrees. */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** NaN where the model has no value. */
  readonly values: Float32Array;
  readonly variable: PublishedVariable;
};

/** Two-metre temperature of a WRF file on a Lambert grid, as published in steps of 0.05 K. */
export async function wrfTemperature(): Promise<RealField> {
  const dataset = await openDataset(reference("data/wrf/tibet_d01_lambert_allvars.nc"));
  const [, nY = 0, nX = 0] = dataset.variables.get("T2")?.shape ?? [];
  const { grid } = await readWrfGrid(dataset, 0, { nX, nY });
  const plane = async (name: string) => (await readUnpacked(dataset, name)).subarray(0, nX * nY);
  const field = {
    transform: gridTransform(grid),
    lon: await plane("XLONG"),
    lat: await plane("XLAT"),
    values: Float32Array.from(await plane("T2")),
    variable: aVariable({ name: "t2", packing: { dtype: "int16", scale: 0.05, offset: 273.15, fill: -32_768 } }),
  };
  await dataset.close();
  return field;
}

/** Depth of the sea on the curvilinear grid of a ROMS file, land left out, in steps of 0.5 m. */
export async function romsDepth(): Promise<RealField> {
  const dataset = await openDataset(reference("data/roms/roms_tools_grid.nc"));
  const [rows = 0, columns = 0] = dataset.variables.get("h")?.shape ?? [];
  const [turning, lat] = [await readUnpacked(dataset, "lon_rho"), await readUnpacked(dataset, "lat_rho")];
  // The grid lies across Greenwich, where the file's longitudes jump from 360 to 0.
  const lon = turning.map((each) => wrapLongitude(each - (turning[0] ?? 0)) + (turning[0] ?? 0));
  const mask = await readUnpacked(dataset, "mask_rho");
  const depth = await readUnpacked(dataset, "h");
  await dataset.close();
  return {
    transform: curvilinearTransform({ columns, rows, lon, lat }),
    ...{ lon, lat },
    values: Float32Array.from(depth, (value, at) => (mask[at] === 1 ? value : Number.NaN)),
    variable: aVariable({ name: "h", packing: { dtype: "int16", scale: 0.5, offset: 0, fill: -32_768 } }),
  };
}

/**
 * Latitude of the cells on a Lambert grid of 6,000 km, in steps of 0.01 degrees, with lakes that are made up: the
 * geography files of WRF have no field that is missing somewhere.
 */
export async function wrfDomain(): Promise<RealField> {
  const dataset = await openDataset(reference("data/wrf/geo_em_d01_lambert.nc"));
  const [nX, nY, spacingM] = [200, 200, 30_000];
  const [lon, lat] = [await readUnpacked(dataset, "XLONG_M"), await readUnpacked(dataset, "XLAT_M")];
  await dataset.close();
  const projection = {
    name: "lambert",
    trueLat1: 30,
    trueLat2: 35,
    standLon: 87,
    lat0: 30,
    radiusM: 6_370_000,
  } as const;
  const grid = { kind: "projected", nX, nY, projection, dX: spacingM, dY: spacingM } as const;
  // The file's middle, 30 N 87 E, lies between its four middle cells.
  const [x0, y0] = [-((nX - 1) / 2) * spacingM, -((nY - 1) / 2) * spacingM];
  const isLake = (at: number) => Math.sin((at % nX) / 9) * Math.cos(Math.floor(at / nX) / 7) > 0.55;
  return {
    transform: gridTransform({ ...grid, x0, y0 }),
    ...{ lon, lat },
    values: Float32Array.from(lat, (value, at) => (isLake(at) ? Number.NaN : value)),
    variable: aVariable({ name: "lat", packing: { dtype: "int16", scale: 0.01, offset: 0, fill: -32_768 } }),
  };
}

/** Squares at three zooms that hold both field and masked cells. */
export const goldenViews = {
  wrf: [
    { x: 99.5, y: 99.5, sideCells: 230 },
    { x: 110, y: 48, sideCells: 40 },
    { x: 99, y: 15, sideCells: 8 },
  ],
  roms: [
    { x: 50.5, y: 50.5, sideCells: 120 },
    { x: 62, y: 20, sideCells: 30 },
    { x: 54, y: 28, sideCells: 8 },
  ],
} as const;
