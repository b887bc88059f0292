import { readSeaInventory } from "@/lib/formats/roms/read-sea-inventory";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import { withSources } from "@/server/programs/inspect/inspect-files";
import type { ProgramLog } from "@/server/programs/run-program";

type Wanted = { readonly sea: readonly string[]; readonly source: string; readonly epochUtc: string | null };

/** Makes the inventory of ocean files; @throws what `readSeaInventory` and `openNetcdf` throw */
export function inspectSea(
  { sea, source, epochUtc }: Wanted,
  options: { readonly scratchPath: string; readonly log: ProgramLog },
): Promise<SeaInventory> {
  return withSources(sea, options, (sources) => readSeaInventory(sources, { source, epochUtc }));
}
