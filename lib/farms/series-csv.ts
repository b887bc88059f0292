import { csvCell } from "@/lib/farms/csv-cell";
import type { FarmsFile } from "@/lib/farms/farm-series";

/** Hourly concentration at each farm and depth as CSV: one line for each farm, layer and hour; blank = below detection. */
export function seriesCsv({ start, farms }: FarmsFile): string {
  const lines = farms.flatMap(({ id, layers }) =>
    layers.flatMap(({ aboveM, belowM, concentration, effectiveParticles }) =>
      concentration.map((value, hour) => {
        const end = new Date(Date.parse(start) + (hour + 1) * 3_600_000).toISOString().replace(/\.\d+Z$/, "Z");
        const particles = effectiveParticles[hour] ?? 0;
        const shown = value > 0 && particles < 4 ? "" : value.toFixed(2);
        return [csvCell(id), aboveM, belowM, end, shown, particles.toFixed(1)].join(",");
      }),
    ),
  );
  const head = "farm_id,above_m,below_m,hour_end_utc,ecoli_cfu_100ml,effective_particles";
  return `${[head, ...lines].join("\r\n")}\r\n`;
}
