import { rename, writeFile } from "node:fs/promises";
import type { FarmSeries, FarmsFile } from "@/lib/farms/farm-series";
import { quantumOf } from "@/lib/transport/sea-setup";
import { ageUnit, type SeaTally, squareUnit } from "@/lib/transport/sea-tally";
import type { BacteriaJob } from "@/server/programs/bacteria/job";
import { layersM, type PlannedRun } from "@/server/programs/bacteria/plan-run";

const hundredMlPerM3 = 10_000;

type Current = (x: number, y: number) => { readonly east: number; readonly north: number };

/** Hourly concentrations at the farms, as they come. */
export class FarmRecord {
  private readonly farms: FarmSeries[];

  constructor(
    private readonly params: BacteriaJob["params"],
    private readonly planned: PlannedRun,
  ) {
    this.farms = params.farms.map((farm, index) => ({
      id: farm.id,
      name: farm.name,
      depthM: farm.depthM,
      seaAreaM2: planned.farms[index]?.seaAreaM2 ?? 0,
      waterDepthM: planned.farms[index]?.depthM ?? 0,
      layers: layersM.map(([aboveM, belowM]) => ({ aboveM, belowM, concentration: [], effectiveParticles: [] })),
      sources: [],
      current: [],
    }));
  }

  /** Takes the sums of an hour, and the current in the middle of it. */
  add(tally: SeaTally, current: Current): void {
    const { setup, farms: inSea } = this.planned;
    const quantum = quantumOf(setup);
    for (const [index, farm] of this.farms.entries()) {
      const place = inSea[index];
      if (place === undefined) continue;
      for (const [layer, { aboveM, belowM, concentration, effectiveParticles }] of farm.layers.entries()) {
        const at = index * layersM.length + layer;
        const thickness = Math.max(0.01, Math.min(belowM, place.depthM) - aboveM);
        const perUnit = quantum / (place.seaAreaM2 * thickness * hundredMlPerM3 * tally.samples);
        concentration.push((tally.farms[at] ?? 0) * perUnit);
        const squares = (tally.farmSquares[at] ?? 0) * squareUnit * squareUnit * tally.samples;
        effectiveParticles.push(squares > 0 ? (tally.farms[at] ?? 0) ** 2 / squares : 0);
        this.addSources(farm, { index, layer, at, perUnit, tally });
      }
      const { east, north } = current(place.x, place.y);
      farm.current.push({ eastMs: round(east), northMs: round(north) });
    }
  }

  async write(path: string): Promise<void> {
    const { start, hours, outfalls } = this.params;
    const content: FarmsFile = {
      start,
      hours,
      outfalls: outfalls.map(({ id, name, effluent, sdLog10 }) => ({ id, name, effluent, sdLog10 })),
      rainMmPerHour: this.params.rainMmPerHour,
      farms: this.farms,
    };
    await writeFile(`${path}.part`, JSON.stringify(content));
    await rename(`${path}.part`, path);
  }

  /** What each source adds in the layer where the mussels hang; those that never reach it are not listed. */
  private addSources(
    farm: FarmSeries,
    hour: { index: number; layer: number; at: number; perUnit: number; tally: SeaTally },
  ): void {
    if (hour.layer !== layerOf(farm.depthM)) return;
    const { setup } = this.planned;
    const before = farm.current.length;
    for (let source = 0; source < setup.sources.length; source += 1) {
      const from = (hour.at * setup.sources.length + source) * 3;
      const all = hour.tally.fromSource[from] ?? 0;
      if (all === 0) continue;
      let row = farm.sources.find((one) => one.outfall === source);
      if (row === undefined) {
        row = { outfall: source, dry: [], overflow: [], ageHours: [] };
        farm.sources.push(row);
      }
      const overflow = hour.tally.fromSource[from + 1] ?? 0;
      const samplesPerHour = 3600 / (setup.stepSeconds * setup.stepsPerSample);
      for (const list of [row.dry, row.overflow, row.ageHours]) while (list.length < before) list.push(0);
      row.dry.push((all - overflow) * hour.perUnit);
      row.overflow.push(overflow * hour.perUnit);
      row.ageHours.push(round(((hour.tally.fromSource[from + 2] ?? 0) * ageUnit) / all / samplesPerHour));
    }
  }
}

/** The layer that holds a depth; the deepest below all of them. */
function layerOf(depthM: number): number {
  const layer = layersM.findIndex(([, below]) => depthM < below);
  return layer === -1 ? layersM.length - 1 : layer;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
