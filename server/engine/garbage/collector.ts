import type { Logger } from "pino";
import type { RetentionPolicy } from "@/lib/dag/retention";
import type { Site } from "@/server/engine/engine";
import type { Database } from "@/server/store/database";

/** What collecting garbage needs of the world. */
export type Collector = {
  readonly db: Database;
  readonly sites: readonly Pick<Site, "id" | "connection" | "scratchRoot">[];
  readonly policy: RetentionPolicy & {
    /** Finished runs, their attempts and events, days. */
    readonly rowsDays: number;
    /** Files brought to a site for its jobs, GB at each site. */
    readonly cacheGb: number;
  };
  readonly log: Pick<Logger, "info" | "warn">;
  now(): Date;
};

/** Space that came free, or would. */
export type FreedSum = { readonly runs: number; readonly files: number; readonly bytes: number };
