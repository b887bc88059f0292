import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeClassicNetcdf } from "@/lib/formats/netcdf-classic-writer";
import type { LatLonGrid } from "@/lib/geo/grid";
import type { Ledger } from "@/lib/transport/ledger";
import { modelVersion } from "@/lib/transport/model-version";
import type { HourFields } from "@/lib/transport/plume-sampler";

export type SmokeHour = {
  /** 1 for the first hour of the run. */
  readonly number: number;
  /** End of the averaging hour, ISO 8601 UTC. */
  readonly validAtUtc: string;
  readonly grid: LatLonGrid;
  readonly fields: HourFields;
  readonly ledger: Ledger;
  readonly seed: number;
  readonly particles: number;
};

/** Writes `smoke_0001.nc` and its like into a folder; the name appears only when the file is whole. */
export async function writeHourFile(folder: string, hour: SmokeHour): Promise<void> {
  const path = join(folder, `smoke_${String(hour.number).padStart(4, "0")}.nc`);
  await writeFile(`${path}.part`, encodeHour(hour));
  await rename(`${path}.part`, path);
}

/** One hour as CF-1.8 NetCDF: time = 1, lat, lon; row 0 in the south; NaN where there is no value. */
function encodeHour({ grid, fields, ledger, ...hour }: SmokeHour): Uint8Array {
  const seconds = Date.parse(hour.validAtUtc) / 1000;
  const field = (name: string, data: Float32Array, attributes: Readonly<Record<string, string>>) => ({
    name,
    dimensions: ["time", "lat", "lon"],
    attributes: { ...attributes, cell_methods: "time: mean", _FillValue: new Float32Array([Number.NaN]) },
    data,
  });
  return encodeClassicNetcdf({
    name: `smoke hour ${hour.number}`,
    dimensions: { time: 1, bounds: 2, lat: grid.nY, lon: grid.nX },
    attributes: {
      Conventions: "CF-1.8",
      title: "Smoke of a wildfire: contribution of the fire alone, without background or chemistry",
      source: modelVersion,
      seed: new Float64Array([hour.seed]),
      particles: new Float64Array([hour.particles]),
      ledger_emitted_kg: new Float64Array([ledger.emittedKg]),
      ledger_active_kg: new Float64Array([ledger.activeKg]),
      ledger_dry_kg: new Float64Array([ledger.dryKg]),
      ledger_wet_kg: new Float64Array([ledger.wetKg]),
      ledger_exited_kg: new Float64Array([ledger.exitedKg]),
      ledger_relative_error: new Float64Array([ledger.relativeError]),
    },
    variables: [
      {
        name: "time",
        dimensions: ["time"],
        attributes: {
          standard_name: "time",
          units: "seconds since 1970-01-01 00:00:00",
          calendar: "standard",
          bounds: "time_bounds",
        },
        data: new Float64Array([seconds]),
      },
      { name: "time_bounds", dimensions: ["time", "bounds"], data: new Float64Array([seconds - 3600, seconds]) },
      axis("lat", { standard_name: "latitude", units: "degrees_north" }, [grid.lat0, grid.dLat, grid.nY]),
      axis("lon", { standard_name: "longitude", units: "degrees_east" }, [grid.lon0, grid.dLon, grid.nX]),
      field("pm25", fields.pm25, {
        standard_name: "mass_concentration_of_pm2p5_ambient_aerosol_particles_in_air",
        long_name: "PM2.5 from the fire, mean of 0-50 m above ground",
        units: "ug m-3",
      }),
      field("pm25_column", fields.column, { long_name: "PM2.5 from the fire, whole column", units: "mg m-2" }),
      field("pm25_relative_error", fields.relativeError, {
        long_name: "counting error of pm25, 1/sqrt of the effective number of particles",
        units: "1",
      }),
    ],
  });
}

function axis(
  name: string,
  attributes: Readonly<Record<string, string>>,
  [first, step, count]: [number, number, number],
) {
  return {
    name,
    dimensions: [name],
    attributes,
    data: Float64Array.from({ length: count }, (_, k) => first + k * step),
  };
}
