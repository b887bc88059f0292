import type { FarmArea } from "@/lib/farms/farm-area";
import type { SeaSourceView } from "@/server/services/farms/list-sea-sources";

/** What the page knows for a person with an account. */
export type DeskProps = {
  readonly farms: readonly FarmArea[];
  readonly sources: readonly SeaSourceView[];
  readonly nowUtc: string;
  readonly hoursLimit: number;
  readonly mayMakeSea: boolean;
};
