import type { Outfall } from "@/lib/outfalls/outfall";

/** `farms.json` of a run: hour by hour (means of the hour), what the water at each farm holds. CFU/100 ml. */
export type FarmsFile = {
  readonly start: string;
  readonly hours: number;
  readonly outfalls: readonly Pick<Outfall, "id" | "name" | "effluent" | "sdLog10">[];
  readonly rainMmPerHour: readonly number[];
  readonly farms: readonly FarmSeries[];
};

export type FarmSeries = {
  readonly id: string;
  readonly name: string;
  readonly depthM: number;
  readonly seaAreaM2: number;
  readonly waterDepthM: number;
  readonly layers: readonly {
    readonly aboveM: number;
    readonly belowM: number;
    readonly concentration: number[];
    /** (sum m)^2 / sum m^2 of the particles; below 4 the number is below detection. */
    readonly effectiveParticles: number[];
  }[];
  /** In the layer where the mussels hang, by source that ever reaches it; hours after the last entry are 0. */
  readonly sources: SourceShare[];
  /** Surface current in the middle of each hour, m s-1. */
  readonly current: { readonly eastMs: number; readonly northMs: number }[];
};

export type SourceShare = {
  /** Place in the list of outfalls. */
  readonly outfall: number;
  readonly dry: number[];
  readonly overflow: number[];
  /** Mean time since the release of what is there. */
  readonly ageHours: number[];
};
