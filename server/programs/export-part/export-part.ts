import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";
import { unpackValues } from "@/lib/formats/pack";
import { aboutField, traceContours } from "@/lib/formats/vector/contour-document";
import type { NodeField } from "@/lib/formats/vector/node-field";
import { writeGeoJson } from "@/lib/formats/vector/write-geojson";
import { writeKml } from "@/lib/formats/vector/write-kml";
import { cutPlane } from "@/lib/map/cut-product";
import { gridTransform } from "@/lib/map/grid-transform";
import type { PublishedVariable } from "@/lib/map/product";
import { writeNetcdf4 } from "@/server/formats/netcdf4-writer";
import { readMapChunk } from "@/server/formats/read-map-chunk";
import type { ContourForm, ExportPartJob } from "@/server/programs/export-part/job";
import type { StoredPart } from "@/server/programs/export-part/stored-part";
import { writeCsv } from "@/server/programs/export-part/write-csv";

/**
 * Writes a part of a product in the form that was asked for.
 * @throws {NereusError} variable-missing for contours of a part without variables; what reading the store throws
 */
export async function exportPart({ params, inputs, out }: ExportPartJob): Promise<void> {
  const { part: description, steps, window, stored, form } = params;
  const read = async (variable: PublishedVariable, place: number) => {
    const chunk = { variable, step: steps[place] ?? -1 };
    return cutPlane(await readMapChunk(inputs.store, stored, chunk), stored.nX, window);
  };
  const part: StoredPart = { description, read };
  await mkdir(out, { recursive: true });
  const path = join(out, params.name);
  if (form.kind === "netcdf") await writeNetcdf4(path, description, { steps: [...steps.keys()], read });
  else if (form.kind === "csv") await writeCsv(path, part);
  else await writeFile(path, await contoursOf(part, form.contours));
}

async function contoursOf({ description, read }: StoredPart, form: ContourForm): Promise<string> {
  const [variable] = description.variables;
  const [validAtUtc = ""] = description.times;
  if (variable === undefined)
    throw new NereusError("variable-missing", { file: description.productId, variable: "", present: "" });
  const field = nodeField(description, unpackValues(variable.packing, await read(variable, 0)));
  const contours = traceContours(field, gridTransform(description.grid), form);
  const document = { about: aboutField(description, variable, validAtUtc), variable, validAtUtc, contours };
  if (form.format === "geojson") return writeGeoJson(document);
  const colours = contours.map((one) => form.colours[form.levels.indexOf(one.kind === "lines" ? one.level : one.from)]);
  return writeKml(
    document,
    colours.map((colour) => colour ?? ""),
  );
}

const nodeField = ({ grid }: StoredPart["description"], values: Float64Array): NodeField => ({
  nX: grid.nX,
  nY: grid.nY,
  values,
});
