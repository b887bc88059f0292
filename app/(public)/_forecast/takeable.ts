import type { PictureWords } from "@/app/_map/compose-picture";
import type { LiveMap } from "@/app/_map/live-map";
import type { MapCall } from "@/lib/map/map-call";

/** The map as something to take along. */
export type Takeable = {
  readonly map: LiveMap | null;
  /** Part of the names of files. */
  readonly name: string;
  readonly words: (step: number) => PictureWords;
  /** Steps that are in memory, ascending: what a loop can show. */
  readonly steps: readonly number[];
  /** The step on the map now, also after the dialog has closed. */
  readonly shownStep: () => number;
  /** Shows a step and resolves when the map has drawn it. */
  readonly drawStep: (step: number) => Promise<void>;
  readonly call: Omit<MapCall, "origin">;
};
