import type { ServiceContext } from "@/server/services/context";
import { findSeaInventory } from "@/server/store/sea-source";

/** What a configured source of currents can drive now; times are ISO 8601 UTC. */
export type SeaSourceView = {
  readonly source: string;
  /** Null while the source has no forecast yet. */
  readonly covers: {
    readonly firstUtc: string;
    readonly lastUtc: string;
    readonly bounds: { readonly south: number; readonly north: number; readonly west: number; readonly east: number };
    readonly demonstration: boolean;
  } | null;
};

/** Every configured source of currents, in the order of the configuration. */
export async function listSeaSources(ctx: ServiceContext): Promise<readonly SeaSourceView[]> {
  return Promise.all(
    Object.keys(ctx.config.seaSources).map(async (source): Promise<SeaSourceView> => {
      const inventory = await findSeaInventory(ctx.db, source);
      const [firstUtc, lastUtc] = [inventory?.frames.at(0)?.validAtUtc, inventory?.frames.at(-1)?.validAtUtc];
      if (!inventory || !firstUtc || !lastUtc) return { source, covers: null };
      return {
        source,
        covers: { firstUtc, lastUtc, bounds: inventory.bounds, demonstration: inventory.demonstration },
      };
    }),
  );
}
