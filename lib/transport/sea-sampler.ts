import { isInFarm } from "@/lib/farms/farm-area";
import { type SeaParticles, seaStatus } from "@/lib/transport/sea-particles";
import { quantumOf, type SeaSetup } from "@/lib/transport/sea-setup";
import { ageUnit, emptyTally, type SeaTally, squareUnit } from "@/lib/transport/sea-tally";

/** Counts particles in the cells of the map and in farms, layer by layer, at each sample of an hour. */
export class SeaSampler {
  private tally: SeaTally;
  private samples = 0;
  private readonly perQuantum: number;
  private readonly deepestM: number;
  /** Per cell of the sea: the farms that may hold a particle there. */
  private readonly farmsAt: (readonly number[] | undefined)[];

  constructor(private readonly setup: SeaSetup) {
    this.tally = emptyTally(setup);
    this.perQuantum = 1 / quantumOf(setup);
    this.deepestM = Math.max(...setup.layersM.map(([, below]) => below));
    this.farmsAt = new Array(setup.nX * setup.nY);
    for (const [farm, { cells }] of setup.farms.entries())
      for (const cell of cells) this.farmsAt[cell] = [...(this.farmsAt[cell] ?? []), farm];
  }

  /** Takes one sample. @param number  of the sample since the start of the run */
  sample(particles: SeaParticles, number: number): void {
    const { setup, tally, perQuantum } = this;
    const { nX, lon, lat, h, grid } = setup;
    this.samples += 1;
    for (let p = 0; p < particles.count; p += 1) {
      if (particles.status[p] !== seaStatus.active) continue;
      const x = particles.x[p] ?? 0;
      const y = particles.y[p] ?? 0;
      const cell = ((y + 0.5) | 0) * nX + ((x + 0.5) | 0);
      const depth = -(particles.sigma[p] ?? 0) * (h[cell] ?? 0);
      if (depth >= this.deepestM) continue;
      const layer = this.layerOf(depth);
      const quanta = Math.round((particles.amount[p] ?? 0) * perQuantum);
      const east = between(lon, nX, x, y);
      const north = between(lat, nX, x, y);
      const column = Math.round((east - grid.lon0) / grid.dLon);
      const row = Math.round((north - grid.lat0) / grid.dLat);
      if (column >= 0 && row >= 0 && column < grid.nX && row < grid.nY) {
        const at = (layer * grid.nY + row) * grid.nX + column;
        const share = Math.round(quanta / squareUnit);
        tally.cells[at] = (tally.cells[at] ?? 0) + quanta;
        tally.cellSquares[at] = (tally.cellSquares[at] ?? 0) + share * share;
      }
      const farms = this.farmsAt[cell];
      if (farms === undefined) continue;
      for (const farm of farms)
        if (isInFarm(setup.farms[farm]?.rings ?? [], east, north))
          this.count(farm * setup.layersM.length + layer, { id: particles.id[p] ?? 0, quanta, number });
    }
  }

  /** The sums since the last call. */
  take(): Omit<SeaTally, "ledger" | "particles"> {
    const { tally, samples } = this;
    this.tally = emptyTally(this.setup);
    this.samples = 0;
    return { ...tally, samples };
  }

  private layerOf(depthM: number): number {
    return this.setup.layersM.findIndex(([, below]) => depthM < below);
  }

  private count(place: number, { id, quanta, number }: { id: number; quanta: number; number: number }): void {
    const { tally, setup } = this;
    const { sources, particlesPerHour, stepSeconds, stepsPerSample } = setup;
    const perHour = sources.length * particlesPerHour;
    const hour = Math.trunc(id / perHour);
    const source = Math.trunc((id % perHour) / particlesPerHour);
    const samplesPerHour = Math.round(3600 / (stepSeconds * stepsPerSample));
    const share = Math.round(quanta / squareUnit);
    tally.farms[place] = (tally.farms[place] ?? 0) + quanta;
    tally.farmSquares[place] = (tally.farmSquares[place] ?? 0) + share * share;
    const at = (place * sources.length + source) * 3;
    const age = Math.max(0, number - hour * samplesPerHour);
    tally.fromSource[at] = (tally.fromSource[at] ?? 0) + quanta;
    tally.fromSource[at + 1] =
      (tally.fromSource[at + 1] ?? 0) + Math.round(quanta * (sources[source]?.overflowShare[hour] ?? 0));
    tally.fromSource[at + 2] = (tally.fromSource[at + 2] ?? 0) + Math.round(quanta / ageUnit) * age;
  }
}

/** Bilinear between the middles of the cells; x and y lie inside the grid. */
function between(plane: Float64Array, nX: number, x: number, y: number): number {
  const i = Math.min(x | 0, nX - 2);
  const j = Math.min(y | 0, plane.length / nX - 2);
  const at = j * nX + i;
  const south = (plane[at] ?? 0) + (x - i) * ((plane[at + 1] ?? 0) - (plane[at] ?? 0));
  const north = (plane[at + nX] ?? 0) + (x - i) * ((plane[at + nX + 1] ?? 0) - (plane[at + nX] ?? 0));
  return south + (y - j) * (north - south);
}
