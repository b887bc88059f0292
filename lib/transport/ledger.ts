/** Where the mass of a run is, kg. `emitted` = active + dry + wet + exited; nothing else takes or makes mass. */
export type Ledger = {
  readonly emittedKg: number;
  readonly activeKg: number;
  readonly dryKg: number;
  readonly wetKg: number;
  readonly exitedKg: number;
  /** (emitted - the sum of the others) / emitted; 0 while nothing is emitted. */
  readonly relativeError: number;
};

/** Completes a ledger with its closure. */
export function closedLedger(parts: Omit<Ledger, "relativeError">): Ledger {
  const missing = parts.emittedKg - (parts.activeKg + parts.dryKg + parts.wetKg + parts.exitedKg);
  return { ...parts, relativeError: parts.emittedKg > 0 ? missing / parts.emittedKg : 0 };
}
