import type { NodeField } from "@/lib/formats/vector/node-field";
import type { GridTransform } from "@/lib/map/grid-transform";
import type { PublishedVariable } from "@/lib/map/product";

/** One step of some variables on one grid. */
export type CsvStep = { readonly validAtUtc: string; readonly fields: readonly NodeField[] };

/** What a table is about: lines of `# key: value` before its header. */
export function csvHead(
  about: Readonly<Record<string, string | number>>,
  variables: readonly PublishedVariable[],
): string {
  const notes = Object.entries(about).map(([key, value]) => `# ${key}: ${String(value).replace(/[\r\n]+/g, " ")}\n`);
  const columns = variables.map(({ name, units }) => quoted(`${name} (${units})`));
  return `${notes.join("")}${["time (UTC)", "longitude (degrees_east)", "latitude (degrees_north)", ...columns].join(",")}\n`;
}

/**
 * A line for every cell of a step that holds a value: time, cell centre and the values, each with as many digits as its step
 * of packing has; nothing where there is none.
 */
export function csvRows({ validAtUtc, fields }: CsvStep, transform: GridTransform, digits: readonly number[]): string {
  const { nX, nY } = transform;
  const lines: string[] = [];
  for (let y = 0; y < nY; y += 1)
    for (let x = 0; x < nX; x += 1) {
      const values = fields.map((field) => field.values[y * nX + x] ?? Number.NaN);
      if (values.every(Number.isNaN)) continue;
      const [lon, lat] = transform.toLonLat(x, y);
      const texts = values.map((value, at) =>
        Number.isNaN(value) ? "" : String(Number(value.toFixed(digits[at] ?? 6))),
      );
      lines.push(`${validAtUtc},${lon.toFixed(6)},${lat.toFixed(6)},${texts.join(",")}\n`);
    }
  return lines.join("");
}

/** Digits behind the point that a value of this step needs: 0.005 has three. At most 20, so that small steps keep some. */
export function digitsOf(scale: number): number {
  for (let digits = 0; digits < 20; digits += 1) {
    const units = Math.abs(scale) * 10 ** digits;
    if (Math.abs(units - Math.round(units)) <= 1e-9 * units) return digits;
  }
  return 20;
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
