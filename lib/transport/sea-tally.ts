import type { SeaSetup } from "@/lib/transport/sea-setup";

/** Squares are counted in units of this many quanta, so that their sums stay exact. */
export const squareUnit = 2 ** 14;
/** Ages are counted in units of this many quanta and samples. */
export const ageUnit = 2 ** 10;

/**
 * Sums of one hour, in whole quanta (`quantumOf`): the same whatever the order of particles or the number of threads.
 * `cells`: [layers, rows, columns of the map]; `farms`: [farms, layers]; `fromSource`: [farms, layers, sources, 3]: all,
 * by overflow, and times the age in samples.
 */
export type SeaTally = {
  readonly cells: Float64Array;
  readonly cellSquares: Float64Array;
  readonly farms: Float64Array;
  readonly farmSquares: Float64Array;
  readonly fromSource: Float64Array;
  /** Whole run so far, quanta: given off, alive, died off, left through the open boundary, too weak to follow. */
  readonly ledger: Float64Array;
  readonly particles: number;
  /** Samples that the sums hold. */
  readonly samples: number;
};

export const ledgerPlaces = { emitted: 0, active: 1, decayed: 2, left: 3, culled: 4, count: 5 } as const;

/** An hour without anything in it. */
export function emptyTally(setup: SeaSetup): SeaTally {
  const layers = setup.layersM.length;
  const farms = setup.farms.length;
  return {
    cells: new Float64Array(layers * setup.grid.nX * setup.grid.nY),
    cellSquares: new Float64Array(layers * setup.grid.nX * setup.grid.nY),
    farms: new Float64Array(farms * layers),
    farmSquares: new Float64Array(farms * layers),
    fromSource: new Float64Array(farms * layers * setup.sources.length * 3),
    ledger: new Float64Array(ledgerPlaces.count),
    particles: 0,
    samples: 0,
  };
}

/** The sums of the parts of a run. */
export function joinTallies(parts: readonly SeaTally[]): SeaTally {
  const [first, ...others] = parts;
  if (first === undefined) throw new RangeError("an hour has at least one part");
  const sum = (of: (tally: SeaTally) => Float64Array) => {
    const total = Float64Array.from(of(first));
    for (const other of others) for (const [at, value] of of(other).entries()) total[at] = (total[at] ?? 0) + value;
    return total;
  };
  return {
    cells: sum(({ cells }) => cells),
    cellSquares: sum(({ cellSquares }) => cellSquares),
    farms: sum(({ farms }) => farms),
    farmSquares: sum(({ farmSquares }) => farmSquares),
    fromSource: sum(({ fromSource }) => fromSource),
    ledger: sum(({ ledger }) => ledger),
    particles: parts.reduce((count, { particles }) => count + particles, 0),
    samples: first.samples,
  };
}
