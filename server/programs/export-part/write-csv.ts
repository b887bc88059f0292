import { open } from "node:fs/promises";
import { unpackValues } from "@/lib/formats/pack";
import { aboutField } from "@/lib/formats/vector/contour-document";
import { csvHead, csvRows, digitsOf } from "@/lib/formats/vector/csv-table";
import { gridTransform } from "@/lib/map/grid-transform";
import type { StoredPart } from "@/server/programs/export-part/stored-part";

/** All cells of a part that hold a value, a line each, one time after the other. */
export async function writeCsv(path: string, { description, read }: StoredPart): Promise<void> {
  const { variables, times, grid } = description;
  const transform = gridTransform(grid);
  const digits = variables.map(({ packing }) => Math.max(digitsOf(packing.scale), digitsOf(packing.offset)));
  const file = await open(path, "w");
  try {
    await file.writeFile(csvHead(aboutProduct(description), variables));
    for (const [place, validAtUtc] of times.entries()) {
      const fields = [];
      for (const variable of variables) {
        const values = unpackValues(variable.packing, await read(variable, place));
        fields.push({ nX: grid.nX, nY: grid.nY, values });
      }
      await file.writeFile(csvRows({ validAtUtc, fields }, transform, digits));
    }
  } finally {
    await file.close();
  }
}

/** Times and variables stand in the table itself. */
function aboutProduct(description: StoredPart["description"]) {
  const [variable] = description.variables;
  if (variable === undefined) return {};
  const about = aboutField(description, variable, description.times[0] ?? "");
  const { variable: _name, long_name: _title, units: _units, level: _level, valid_time: _time, ...rest } = about;
  const levels = description.variables.map(({ name, title, level }) => `${name} = ${title.en} (${level.en})`);
  return { ...rest, variables: levels.join("; ") };
}
