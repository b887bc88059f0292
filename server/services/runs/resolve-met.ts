import { NereusError } from "@/lib/errors";
import type { MetInventory } from "@/lib/formats/wrf/inventory";
import type { ServiceContext } from "@/server/services/context";
import { findMetInventory } from "@/server/store/find-met-inventory";

/**
 * The weather that a request asks for: the name of a configured source, or the default one.
 * @throws {NereusError} met-path-not-allowed, met-source-unknown, met-none-yet
 */
export async function resolveMet(ctx: ServiceContext, wanted: unknown): Promise<MetInventory> {
  const source = typeof wanted === "string" && wanted !== "" ? wanted : ctx.config.defaultMetSource;
  const known = Object.keys(ctx.config.metSources);
  if (!known.includes(source)) {
    if (/[/\\:{}]/.test(source)) throw new NereusError("met-path-not-allowed", { met: source });
    throw new NereusError("met-source-unknown", { source, known: known.join(", ") });
  }
  const inventory = await findMetInventory(ctx.db, source);
  if (inventory === null) throw new NereusError("met-none-yet", { source }, { retryable: true });
  return inventory;
}
