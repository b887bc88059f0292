import { rename, writeFile } from "node:fs/promises";
import { encodeClassicNetcdf } from "@/lib/formats/netcdf-classic-writer";
import type { LatLonGrid } from "@/lib/geo/grid";
import { modelVersion } from "@/lib/transport/model-version";

export type FieldFile = {
  /** ISO 8601 UTC. */
  readonly validAtUtc: string;
  readonly grid: LatLonGrid;
  /** By name, [nY, nX], row 0 south, NaN = no value. */
  readonly fields: Readonly<Record<string, Float32Array>>;
};

/** Writes fields of one time as CF NetCDF, as `publish` reads a smoke hour; the name appears only when the file is whole. */
export async function writeFieldFile(path: string, { validAtUtc, grid, fields }: FieldFile): Promise<void> {
  const axis = (name: string, attributes: Readonly<Record<string, string>>, values: Float64Array) => ({
    name,
    dimensions: [name],
    attributes,
    data: values,
  });
  const steps = (first: number, step: number, count: number) =>
    Float64Array.from({ length: count }, (_, at) => first + at * step);
  const time = { standard_name: "time", units: "seconds since 1970-01-01 00:00:00", calendar: "standard" };
  const bytes = encodeClassicNetcdf({
    name: path,
    dimensions: { time: 1, lat: grid.nY, lon: grid.nX },
    attributes: { Conventions: "CF-1.8", source: modelVersion },
    variables: [
      axis("time", time, new Float64Array([Date.parse(validAtUtc) / 1000])),
      axis("lat", { standard_name: "latitude", units: "degrees_north" }, steps(grid.lat0, grid.dLat, grid.nY)),
      axis("lon", { standard_name: "longitude", units: "degrees_east" }, steps(grid.lon0, grid.dLon, grid.nX)),
      ...Object.entries(fields).map(([name, data]) => ({
        name,
        dimensions: ["time", "lat", "lon"],
        attributes: { _FillValue: new Float32Array([Number.NaN]) },
        data,
      })),
    ],
  });
  await writeFile(`${path}.part`, bytes);
  await rename(`${path}.part`, path);
}
