import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { NereusError } from "@/lib/errors";
import { cellShares, discAround, insideShare } from "@/lib/geo/cell-shares";
import { areasOf, type NamedArea } from "@/lib/geo/feature-areas";
import { areaExposure } from "@/lib/transport/area-exposure";
import type { AffectedJob } from "@/server/programs/affected/job";
import { type AffectedRow, affectedCsv, affectedGeoJson, affectedKml } from "@/server/programs/affected/reports";
import { filesIn } from "@/server/programs/only-file";
import { readSmokeHour } from "@/server/programs/read-pm25";
import type { ProgramLog } from "@/server/programs/run-program";

/** Crops are checked within 500 m of a fire and farms within 3 km. */
const ringsM = [500, 3000];

/** Writes who meets the smoke, when and how much: `affected.csv`, `affected.geojson`, `affected.kml`. */
export async function findAffected({ params, inputs, out }: AffectedJob, log: ProgramLog): Promise<void> {
  const { lat, lon, start, hours: asked, areas } = params;
  const { grid } = params.product;
  if (grid.kind !== "latlon")
    throw new NereusError("input-invalid", { field: "product.grid", problem: "a longitude-latitude grid is expected" });
  const paths = (await filesIn([inputs.hours])).filter((path) => path.endsWith(".nc"));
  const hours = await Promise.all(paths.map(readSmokeHour));
  const rings = ringsM.map((radiusM): NamedArea => {
    return { name: `${radiusM} m`, polygons: [discAround([lon, lat], radiusM)] };
  });
  const named = [...rings, ...(areas ? areasOf(areas) : [])];
  const rows = named.map(({ name, polygons }): AffectedRow => {
    const shares = cellShares(polygons, grid);
    if (shares.length === 0) return { name, polygons, exposure: null };
    const exposure = areaExposure(shares, hours);
    return { name, polygons, exposure: { ...exposure, knownShare: exposure.knownShare * insideShare(polygons, grid) } };
  });
  const hourEnd = (hour: number | null) =>
    hour === null ? "" : new Date(Date.parse(start) + hour * 3_600_000).toISOString().replace(".000Z", "Z");
  const times = { hourEnd, coveredUntil: paths.length < asked ? hourEnd(paths.length) : "" };
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "affected.csv"), affectedCsv(rows, times));
  await writeFile(join(out, "affected.geojson"), affectedGeoJson(rows, times));
  await writeFile(join(out, "affected.kml"), affectedKml(rows, times));
  log(`${rows.filter(({ exposure }) => exposure?.arrivalHour).length} of ${rows.length} areas meet smoke`);
}
