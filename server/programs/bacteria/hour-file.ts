import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeClassicNetcdf } from "@/lib/formats/netcdf-classic-writer";
import { curvilinearMap } from "@/lib/geo/curvilinear";
import type { LatLonGrid } from "@/lib/geo/grid";
import { modelVersion } from "@/lib/transport/model-version";
import type { SeaDomain } from "@/lib/transport/sea-domain";
import { quantumOf } from "@/lib/transport/sea-setup";
import { type SeaTally, squareUnit } from "@/lib/transport/sea-tally";
import type { BacteriaJob } from "@/server/programs/bacteria/job";
import type { SeaLedger } from "@/server/programs/bacteria/ledger";
import { layersM, type PlannedRun } from "@/server/programs/bacteria/plan-run";

export type BacteriaHour = {
  /** 1 for the first hour of the run. */
  readonly hour: number;
  readonly params: BacteriaJob["params"];
  readonly map: LatLonGrid;
  readonly domain: SeaDomain;
  readonly planned: PlannedRun;
  readonly tally: SeaTally;
  readonly ledger: SeaLedger;
};

const names = ["ecoli", "ecoli_1_5m", "ecoli_5_10m"] as const;
const hundredMlPerM3 = 10_000;
/** A value that rests on fewer independent particles is not shown. */
const fewestParticles = 4;
const metresPerDegree = (6_371_000 * Math.PI) / 180;

/** Writes `bacteria_0001.nc` and its like into a folder; the name appears only when the file is whole. */
export async function writeBacteriaHour(folder: string, hour: BacteriaHour): Promise<void> {
  const path = join(folder, `bacteria_${String(hour.hour).padStart(4, "0")}.nc`);
  await writeFile(`${path}.part`, encode(hour));
  await rename(`${path}.part`, path);
}

/** One hour as CF-1.8 NetCDF: time = 1, lat, lon; row 0 in the south; NaN on land and where too few particles are. */
function encode({ hour, params, map, ledger, ...rest }: BacteriaHour): Uint8Array {
  const seconds = Date.parse(params.start) / 1000 + hour * 3600;
  const fields = fieldsOf({ map, ...rest });
  const field = (name: string, data: Float32Array, attributes: Readonly<Record<string, string>>) => ({
    name,
    dimensions: ["time", "lat", "lon"],
    attributes: { ...attributes, cell_methods: "time: mean", _FillValue: new Float32Array([Number.NaN]) },
    data,
  });
  const number = (value: number) => new Float64Array([value]);
  return encodeClassicNetcdf({
    name: `bacteria hour ${hour}`,
    dimensions: { time: 1, lat: map.nY, lon: map.nX },
    attributes: {
      Conventions: "CF-1.8",
      title: "E. coli in the sea from outfalls: predicted, not a food-safety decision",
      source: modelVersion,
      seed: number(params.seed),
      ledger_emitted_cfu: number(ledger.emitted),
      ledger_active_cfu: number(ledger.active),
      ledger_decayed_cfu: number(ledger.decayed),
      ledger_left_cfu: number(ledger.left),
      ledger_culled_cfu: number(ledger.culled),
      ledger_relative_error: number(ledger.relativeError),
    },
    variables: [
      {
        name: "time",
        dimensions: ["time"],
        attributes: {
          standard_name: "time",
          units: "seconds since 1970-01-01 00:00:00",
          calendar: "proleptic_gregorian",
        },
        data: number(seconds),
      },
      axis("lat", { standard_name: "latitude", units: "degrees_north" }, [map.lat0, map.dLat, map.nY]),
      axis("lon", { standard_name: "longitude", units: "degrees_east" }, [map.lon0, map.dLon, map.nX]),
      ...fields.layers.map((data, layer) => {
        const [above = 0, below = 0] = layersM[layer] ?? [];
        return field(names[layer] ?? "ecoli", data, {
          long_name: `E. coli, mean of ${above} to ${below} m below the surface`,
          units: "CFU (100 ml)-1",
        });
      }),
      field("ecoli_relative_error", fields.relativeError, {
        long_name: "counting error of ecoli, 1/sqrt of the effective number of particles",
        units: "1",
      }),
    ],
  });
}

function fieldsOf({ map, domain, planned, tally }: Pick<BacteriaHour, "map" | "domain" | "planned" | "tally">) {
  const quantum = quantumOf(planned.setup);
  const depths = depthsOn(map, domain);
  const relativeError = new Float32Array(depths.length).fill(Number.NaN);
  const layers = layersM.map(([above, below], layer) => {
    const field = new Float32Array(depths.length).fill(Number.NaN);
    for (const [cell, depth] of depths.entries()) {
      if (!(depth > above)) continue;
      const at = layer * depths.length + cell;
      const sum = tally.cells[at] ?? 0;
      const squares = (tally.cellSquares[at] ?? 0) * squareUnit * squareUnit * tally.samples;
      // A sample counts as one: a slow particle is not taken for many, a fast one for less than it is.
      const particles = squares > 0 ? (sum * sum) / squares : 0;
      const areaM2 = areaOf(map, Math.trunc(cell / map.nX));
      const volume = areaM2 * (Math.min(below, depth) - above) * hundredMlPerM3 * tally.samples;
      if (sum === 0 || particles >= fewestParticles) field[cell] = (sum * quantum) / volume;
      if (layer === 0 && particles >= fewestParticles) relativeError[cell] = 1 / Math.sqrt(particles);
    }
    return field;
  });
  return { layers, relativeError };
}

const known = new WeakMap<SeaDomain, Float32Array>();

/** Depth of the sea at the middle of the map's cells, m; NaN on land and outside. */
function depthsOn(map: LatLonGrid, domain: SeaDomain): Float32Array {
  const before = known.get(domain);
  if (before !== undefined) return before;
  const { window, lon, lat, mask, h } = domain;
  const { toIndex } = curvilinearMap({ columns: window.nX, rows: window.nY, lon, lat });
  const depths = Float32Array.from({ length: map.nX * map.nY }, (_, cell) => {
    const place = toIndex(map.lon0 + (cell % map.nX) * map.dLon, map.lat0 + Math.trunc(cell / map.nX) * map.dLat);
    if (place === null) return Number.NaN;
    const [i, j] = [Math.round(place.i), Math.round(place.j)];
    if (i < 0 || j < 0 || i >= window.nX || j >= window.nY) return Number.NaN;
    return mask[j * window.nX + i] === 1 ? (h[j * window.nX + i] ?? Number.NaN) : Number.NaN;
  });
  known.set(domain, depths);
  return depths;
}

function areaOf(map: LatLonGrid, row: number): number {
  const lat = map.lat0 + row * map.dLat;
  return map.dLon * map.dLat * metresPerDegree ** 2 * Math.cos((lat * Math.PI) / 180);
}

function axis(
  name: string,
  attributes: Readonly<Record<string, string>>,
  [first, step, count]: [number, number, number],
) {
  const data = Float64Array.from({ length: count }, (_, k) => first + k * step);
  return { name, dimensions: [name], attributes, data };
}
