import { farmBounds } from "@/lib/farms/farm-area";
import type { SeaGrid } from "@/lib/formats/roms/sea-grid";
import type { LatLonGrid } from "@/lib/geo/grid";
import { hourlyLoads } from "@/lib/outfalls/hourly-loads";
import type { SeaDomain } from "@/lib/transport/sea-domain";
import { type FarmInSea, seaPlaces } from "@/lib/transport/sea-place";
import type { FarmBox, SeaSetup } from "@/lib/transport/sea-setup";
import { sampleSeconds } from "@/lib/transport/sea-step";
import type { BacteriaJob } from "@/server/programs/bacteria/job";

/** Layers that are counted, m below the surface. */
export const layersM = [
  [0, 1],
  [1, 5],
  [5, 10],
] as const;

/** Spread across the current below what the grid resolves, m2 s-1. */
const horizontalM2s = 1;

export type PlannedRun = {
  readonly setup: SeaSetup;
  readonly farms: readonly FarmInSea[];
  /** How far each outfall was moved to the sea, m. */
  readonly movedM: readonly number[];
};

/** All that the threads share, from a job on its grid. */
export function planRun(
  params: BacteriaJob["params"],
  at: { readonly grid: SeaGrid; readonly domain: SeaDomain; readonly map: LatLonGrid; readonly stepSeconds: number },
): PlannedRun {
  const { domain, stepSeconds } = at;
  const { window, h } = domain;
  const places = seaPlaces(at.grid);
  const placed = params.outfalls.map((outfall) => places.ofOutfall(outfall, params.moveM));
  const farms = params.farms.map((farm) => places.ofFarm(farm));
  const rates = { startUtc: params.start, hours: params.hours, rainMmPerHour: params.rainMmPerHour };
  const sources = params.outfalls.map((outfall, index) => {
    const [x, y] = [(placed[index]?.x ?? 0) - window.i0, (placed[index]?.y ?? 0) - window.j0];
    const depth = h[Math.round(y) * window.nX + Math.round(x)] ?? 1;
    const { dry, overflow } = hourlyLoads(outfall, rates);
    const loadPerSecond = dry.map((load, hour) => load + (overflow[hour] ?? 0));
    return {
      x,
      y,
      // Sewage is lighter than the sea, but what leaves at the bottom starts there.
      sigma: -Math.min(0.999, Math.max(0.001, outfall.depthM / depth)),
      loadPerSecond,
      overflowShare: loadPerSecond.map((load, hour) => (load > 0 ? (overflow[hour] ?? 0) / load : 0)),
    };
  });
  const setup: SeaSetup = {
    seed: params.seed,
    hours: params.hours,
    stepSeconds,
    stepsPerSample: sampleSeconds / stepSeconds,
    horizontalM2s,
    extinctionPerM: params.extinctionPerM,
    nX: window.nX,
    nY: window.nY,
    lon: domain.lon,
    lat: domain.lat,
    h,
    sources,
    particlesPerHour: params.particlesPerHour,
    grid: at.map,
    layersM,
    farms: params.farms.map((farm) => boxOf(domain, farm.rings)),
  };
  return { setup, farms, movedM: placed.map(({ movedM }) => movedM) };
}

/** Cells whose middle lies in the box around a farm, or within a cell of it. */
function boxOf({ window, lon, lat, pm, pn, mask }: SeaDomain, rings: FarmBox["rings"]): FarmBox {
  const { west, east, south, north } = farmBounds(rings);
  const cells: number[] = [];
  for (let cell = 0; cell < window.nX * window.nY; cell += 1) {
    if (mask[cell] !== 1) continue;
    const [x = 0, y = 0] = [lon[cell], lat[cell]];
    const reach = 1.5 / Math.min(pm[cell] ?? 1, pn[cell] ?? 1) / 111_195;
    const wide = reach / Math.max(0.05, Math.cos((y * Math.PI) / 180));
    if (x > west - wide && x < east + wide && y > south - reach && y < north + reach) cells.push(cell);
  }
  return { rings, cells };
}
