import { rename, writeFile } from "node:fs/promises";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import { modelVersion } from "@/lib/transport/model-version";
import { quantumOf, type SeaSetup } from "@/lib/transport/sea-setup";
import { ledgerPlaces, type SeaTally } from "@/lib/transport/sea-tally";
import type { BacteriaJob } from "@/server/programs/bacteria/job";
import type { PlannedRun } from "@/server/programs/bacteria/plan-run";

/** Where the bacteria of a run are after an hour, CFU: given off = alive + died + left + too weak to follow. */
export type SeaLedger = {
  readonly emitted: number;
  readonly active: number;
  readonly decayed: number;
  readonly left: number;
  readonly culled: number;
  /** (emitted - the sum of the others) / emitted; 0 while nothing is given off. */
  readonly relativeError: number;
};

/** The balance that an hour's sums hold. */
export function seaLedger(setup: SeaSetup, { ledger }: SeaTally): SeaLedger {
  const quantum = quantumOf(setup);
  const at = (place: number) => (ledger[place] ?? 0) * quantum;
  const parts = {
    emitted: at(ledgerPlaces.emitted),
    active: at(ledgerPlaces.active),
    decayed: at(ledgerPlaces.decayed),
    left: at(ledgerPlaces.left),
    culled: at(ledgerPlaces.culled),
  };
  const missing = parts.emitted - (parts.active + parts.decayed + parts.left + parts.culled);
  return { ...parts, relativeError: parts.emitted > 0 ? missing / parts.emitted : 0 };
}

type LedgerFile = {
  readonly params: BacteriaJob["params"];
  readonly planned: PlannedRun;
  readonly hours: readonly SeaLedger[];
  readonly inventory: SeaInventory;
};

/** Writes `ledger.json`. */
export async function writeLedger(path: string, { params, planned, hours, inventory }: LedgerFile): Promise<void> {
  const moved = params.outfalls.flatMap(({ name }, index) => {
    const metres = planned.movedM[index] ?? 0;
    return metres > 0 ? [{ outfall: name, movedM: Math.round(metres) }] : [];
  });
  const content = {
    model: modelVersion,
    seed: params.seed,
    stepSeconds: planned.setup.stepSeconds,
    particlesPerHour: params.particlesPerHour * params.outfalls.length,
    steps: hours.length,
    unit: "CFU",
    ...hours.at(-1),
    derived: inventory.derived,
    degraded: params.product.degraded,
    moved,
    hours,
  };
  await writeFile(`${path}.part`, `${JSON.stringify(content, null, 2)}\n`);
  await rename(`${path}.part`, path);
}
