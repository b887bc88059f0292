import { columnOf, numberOf, type Table } from "@/lib/formats/text/table";

/** One detection of a fire by a satellite. */
export type FireDetection = {
  readonly lat: number;
  readonly lon: number;
  readonly atUtc: string;
  /** Fire radiative power; null where it is not given. */
  readonly frpMegawatts: number | null;
  /** `0` to `100`, or `l`, `n`, `h`. */
  readonly confidence: string;
  /** 0 = presumed vegetation, 1 = volcano, 2 = other static source, 3 = offshore; null in near-real-time rows. */
  readonly kind: number | null;
};

/**
 * Detections of a list of NASA FIRMS (MODIS or VIIRS); null for a table that is none. Rows without place or time are
 * left out.
 * Source: FIRMS attribute tables; `acq_time` is hours and minutes as a number (`953` = 09:53, `41` = 00:41) or a clock.
 */
export function readFires(table: Table): FireDetection[] | null {
  const column = (name: string) => columnOf(table, [name]);
  const [lat, lon, date, time] = ["latitude", "longitude", "acq_date", "acq_time"].map(column);
  if (lat === undefined || lon === undefined || date === undefined || time === undefined) return null;
  if ([lat, lon, date, time].includes(-1)) return null;
  const [frp, confidence, kind] = [column("frp"), column("confidence"), column("type")];
  return table.rows.flatMap((row) => {
    const number = (at: number) => numberOf(row[at], table.delimiter);
    const [y, x, atUtc] = [number(lat), number(lon), timeOf(row[date] ?? "", row[time] ?? "")];
    if (y === null || x === null || atUtc === null) return [];
    return [
      { lat: y, lon: x, atUtc, frpMegawatts: number(frp), confidence: row[confidence] ?? "", kind: number(kind) },
    ];
  });
}

function timeOf(date: string, time: string): string | null {
  const clock = time.includes(":")
    ? time.trim()
    : time
        .trim()
        .padStart(4, "0")
        .replace(/^(\d\d)(\d\d)$/, "$1:$2:00");
  const iso = `${date.trim()}T${clock}Z`;
  return Number.isNaN(Date.parse(iso)) ? null : new Date(iso).toISOString().replace(/\.\d+Z$/, "Z");
}
