import { NereusError } from "@/lib/errors";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import type { ServiceContext } from "@/server/services/context";
import { findSeaInventory } from "@/server/store/sea-source";

/**
 * The currents that a request asks for: the name of a configured source, or the first one.
 * @throws {NereusError} met-path-not-allowed, sea-source-unknown, sea-none-yet
 */
export async function resolveSea(ctx: ServiceContext, wanted: unknown): Promise<SeaInventory> {
  const known = Object.keys(ctx.config.seaSources);
  const source = typeof wanted === "string" && wanted !== "" ? wanted : (known[0] ?? "");
  if (!known.includes(source)) {
    if (/[/\\:{}]/.test(source)) throw new NereusError("met-path-not-allowed", { met: source });
    throw new NereusError("sea-source-unknown", { source, known: known.join(", ") });
  }
  const inventory = await findSeaInventory(ctx.db, source);
  if (inventory === null) throw new NereusError("sea-none-yet", { source }, { retryable: true });
  return inventory;
}
