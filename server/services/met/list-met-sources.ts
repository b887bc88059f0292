import type { ServiceContext } from "@/server/services/context";
import { findMetInventory } from "@/server/store/find-met-inventory";

/** What a configured weather source can drive now; times are ISO 8601 UTC, bounds in degrees. */
export type MetSourceView = {
  readonly source: string;
  readonly isDefault: boolean;
  /** Null while the source has no forecast yet. */
  readonly covers: {
    readonly firstUtc: string;
    readonly lastUtc: string;
    readonly hours: number;
    readonly bounds: { readonly south: number; readonly north: number; readonly west: number; readonly east: number };
    readonly demonstration: boolean;
    readonly runId: string | null;
  } | null;
};

/** Every configured weather source, the default one first. */
export async function listMetSources(ctx: ServiceContext): Promise<readonly MetSourceView[]> {
  const { metSources, defaultMetSource } = ctx.config;
  const views = await Promise.all(
    Object.keys(metSources).map(async (source): Promise<MetSourceView> => {
      const frames = await findMetInventory(ctx.db, source);
      const first = frames?.frames.at(0);
      const last = frames?.frames.at(-1);
      const isDefault = source === defaultMetSource;
      if (!frames || !first || !last) return { source, isDefault, covers: null };
      const { demonstration, runId } = frames;
      const hours = Math.round((Date.parse(last.validAtUtc) - Date.parse(first.validAtUtc)) / 3_600_000);
      const { bounds } = first;
      return {
        source,
        isDefault,
        covers: { firstUtc: first.validAtUtc, lastUtc: last.validAtUtc, hours, bounds, demonstration, runId },
      };
    }),
  );
  return views.sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
}
