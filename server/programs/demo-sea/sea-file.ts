import type { ClassicFile } from "@/lib/formats/netcdf-classic-writer";
import { sunlightWm2 } from "@/lib/transport/sunlight";
import type { Basin } from "@/server/programs/demo-sea/basin";
import { stressOf, windAt } from "@/server/programs/demo-sea/forcing";

/** The depth-mean state of one hour. */
export type SeaHour = {
  readonly seconds: number;
  readonly zeta: Float64Array;
  readonly u: Float64Array;
  readonly v: Float64Array;
};

const levels = 10;
const waterDensity = 1028;
/** Drift of the surface over the wind at 10 m. */
const driftShare = 0.025;
const cloudShare = 0.4;
const salinity = 37.8;

/**
 * Hours of the demonstration sea under ROMS's names, on its C-grid. The depth-mean flow has the profile of a channel
 * (power 1/7), and the wind adds a drift that carries nothing in the mean of the column (3 s2 + 4 s + 1, the closed basin).
 */
export function seaFile(name: string, basin: Basin, hours: readonly SeaHour[]): ClassicFile {
  const { nX, nY } = basin;
  const s = Float64Array.from({ length: levels }, (_, k) => -1 + (k + 0.5) / levels);
  const sW = Float64Array.from({ length: levels + 1 }, (_, k) => -1 + k / levels);
  const records = (values: (hour: SeaHour) => Float32Array) => join(hours.map(values));
  const plane = (values: ArrayLike<number>) => Float64Array.from(values);
  const cells = nX * nY;
  const spatial = (units: string, long_name: string) => ({ units, long_name });
  return {
    name,
    dimensions: {
      ocean_time: hours.length,
      s_rho: levels,
      s_w: levels + 1,
      eta_rho: nY,
      xi_rho: nX,
      eta_u: nY,
      xi_u: nX - 1,
      eta_v: nY - 1,
      xi_v: nX,
    },
    recordDimension: "ocean_time",
    attributes: {
      title: "SYNTHETIC DEMONSTRATION DATA: depth-mean flow of the Gulf of Naples under tide and an invented wind",
      source: "Nereus demo-sea 1; coast from Natural Earth 1:10m; depths from the distance to it",
      nereus_demonstration: "1",
    },
    variables: [
      {
        name: "ocean_time",
        dimensions: ["ocean_time"],
        attributes: { units: "seconds since 1970-01-01 00:00:00", calendar: "proleptic_gregorian" },
        data: Float64Array.from(hours, ({ seconds }) => seconds),
      },
      { name: "s_rho", dimensions: ["s_rho"], data: s },
      { name: "Cs_r", dimensions: ["s_rho"], data: s },
      { name: "s_w", dimensions: ["s_w"], data: sW },
      { name: "Cs_w", dimensions: ["s_w"], data: sW },
      { name: "hc", dimensions: [], data: new Float64Array([0]) },
      { name: "Vtransform", dimensions: [], data: new Float64Array([2]) },
      { name: "lon_rho", dimensions: ["eta_rho", "xi_rho"], attributes: { units: "degrees_east" }, data: basin.lon },
      { name: "lat_rho", dimensions: ["eta_rho", "xi_rho"], attributes: { units: "degrees_north" }, data: basin.lat },
      { name: "h", dimensions: ["eta_rho", "xi_rho"], attributes: { units: "meter" }, data: basin.depth },
      { name: "mask_rho", dimensions: ["eta_rho", "xi_rho"], data: plane(basin.mask) },
      { name: "pm", dimensions: ["eta_rho", "xi_rho"], data: new Float64Array(cells).fill(1 / basin.dxM) },
      { name: "pn", dimensions: ["eta_rho", "xi_rho"], data: new Float64Array(cells).fill(1 / basin.dyM) },
      {
        name: "zeta",
        dimensions: ["ocean_time", "eta_rho", "xi_rho"],
        attributes: spatial("meter", "height of the surface"),
        data: records(({ zeta }) => onSea(basin, Float32Array.from(zeta))),
      },
      {
        name: "u",
        dimensions: ["ocean_time", "s_rho", "eta_u", "xi_u"],
        attributes: spatial("meter second-1", "u-momentum component"),
        data: records((hour) =>
          columnOf(hour.u, s, {
            from: 1,
            count: nX - 1,
            width: nX + 1,
            rows: nY,
            drift: driftShare * windAt(hour.seconds).east,
          }),
        ),
      },
      {
        name: "v",
        dimensions: ["ocean_time", "s_rho", "eta_v", "xi_v"],
        attributes: spatial("meter second-1", "v-momentum component"),
        data: records((hour) =>
          columnOf(hour.v.subarray(nX), s, {
            from: 0,
            count: nX,
            width: nX,
            rows: nY - 1,
            drift: driftShare * windAt(hour.seconds).north,
          }),
        ),
      },
      {
        name: "temp",
        dimensions: ["ocean_time", "s_rho", "eta_rho", "xi_rho"],
        attributes: spatial("Celsius", "potential temperature"),
        data: records((hour) => temperatureOf(basin, s, hour.seconds)),
      },
      {
        name: "salt",
        dimensions: ["ocean_time", "s_rho", "eta_rho", "xi_rho"],
        attributes: { long_name: "salinity" },
        data: records(() => new Float32Array(levels * cells).fill(salinity)),
      },
      {
        name: "AKt",
        dimensions: ["ocean_time", "s_w", "eta_rho", "xi_rho"],
        attributes: spatial("meter2 second-1", "vertical diffusivity"),
        data: records((hour) => mixingOf(basin, sW, hour.seconds)),
      },
      {
        name: "swrad",
        dimensions: ["ocean_time", "eta_rho", "xi_rho"],
        attributes: spatial("watt meter-2", "solar shortwave radiation"),
        data: records((hour) =>
          new Float32Array(cells).fill(
            sunlightWm2({ lon: 14.2, lat: 40.7 }, new Date(hour.seconds * 1000), cloudShare),
          ),
        ),
      },
    ],
  };
}

type Faces = {
  readonly from: number;
  readonly count: number;
  readonly width: number;
  readonly rows: number;
  readonly drift: number;
};

/** A component on all levels from its depth mean; a face without flow is one of the coast and stays so. */
function columnOf(mean: ArrayLike<number>, s: Float64Array, { from, count, width, rows, drift }: Faces): Float32Array {
  const out = new Float32Array(s.length * rows * count);
  let to = 0;
  for (const level of s) {
    const profile = (8 / 7) * (1 + level) ** (1 / 7);
    const shear = drift * (3 * level * level + 4 * level + 1);
    for (let j = 0; j < rows; j += 1)
      for (let i = 0; i < count; i += 1, to += 1) {
        const flow = mean[j * width + i + from] ?? 0;
        out[to] = flow === 0 ? 0 : flow * profile + shear;
      }
  }
  return out;
}

/** Degrees Celsius: warmest in August, colder below the thermocline. */
function temperatureOf({ nX, nY, depth }: Basin, s: Float64Array, seconds: number): Float32Array {
  const season = Math.cos((2 * Math.PI * (seconds / 86_400 - 225)) / 365.25);
  const [surface, deep] = [20 + 6 * season, 14.5];
  const thermocline = 35 - 20 * season;
  const out = new Float32Array(s.length * nX * nY);
  for (const [k, level] of s.entries())
    for (let cell = 0; cell < nX * nY; cell += 1) {
      const below = -level * (depth[cell] ?? 0);
      out[k * nX * nY + cell] = deep + (surface - deep) / (1 + Math.exp((below - thermocline) / 6));
    }
  return out;
}

/** Mixing by the wind in a layer above the thermocline. Source: Large et al. (1994), kappa u* z (1 - z/H)^2. */
function mixingOf({ nX, nY, depth }: Basin, sW: Float64Array, seconds: number): Float32Array {
  const { x, y } = stressOf(windAt(seconds));
  const friction = Math.sqrt(Math.hypot(x, y) / waterDensity);
  const out = new Float32Array(sW.length * nX * nY);
  for (const [k, level] of sW.entries())
    for (let cell = 0; cell < nX * nY; cell += 1) {
      const [below, layer] = [-level * (depth[cell] ?? 0), Math.min(25, depth[cell] ?? 0)];
      out[k * nX * nY + cell] = 2e-5 + (below < layer ? 0.4 * friction * below * (1 - below / layer) ** 2 : 0);
    }
  return out;
}

const onSea = ({ mask }: Basin, values: Float32Array): Float32Array =>
  values.map((value, cell) => (mask[cell] === 1 ? value : 0));

function join(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
