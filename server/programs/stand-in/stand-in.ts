import type { GridDescription } from "@/lib/geo/grid";

/** A file of a stand-in: its bytes, and what is told about it. */
export type StandInFile = {
  /** Below `out/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly metadata?: Readonly<Record<string, unknown>>;
};

/** An hour that is computed. */
export type StandInHour = {
  /** ISO 8601 UTC. */
  readonly validAtUtc: string;
  /** Days since the start, from 0. */
  readonly day: number;
  /** Hours since the start, from 0. */
  readonly lead: number;
};

export type StandInWork = {
  readonly startUtc: string;
  readonly hours: readonly StandInHour[];
  readonly grid: GridDescription;
};

/** What stands for a model: files at once, and files hour by hour at the pace of the job. */
export type StandIn = {
  readonly atOnce?: (work: StandInWork) => readonly StandInFile[];
  readonly hourly?: (work: StandInWork, hour: StandInHour) => readonly StandInFile[];
  /** Written when all hours are. */
  readonly atEnd?: (work: StandInWork) => readonly StandInFile[];
};
