import { type FileClass, stampOf } from "@/lib/map/file-grammar";
import { productPaths } from "@/lib/map/product";
import type { ServiceContext } from "@/server/services/context";
import { listStoredNames } from "@/server/storage/list-stored-names";
import type { ProductWithRun } from "@/server/store/product";

export type HoursContext = Pick<ServiceContext, "db" | "actor"> & {
  readonly config: Pick<ServiceContext["config"], "storePath">;
};

/** The file of one valid time, and the publication it belongs to. */
export type HourFile = {
  /** Below the folder of the publication. */
  readonly path: string;
  readonly publication: ProductWithRun;
};

/**
 * Files of one class by the stamp of their valid time (`YYYYMMDDZHHmm`). Where several runs hold the same time, the
 * newest run gives the file.
 * @param publications  newest first
 */
export async function findHours(
  ctx: HoursContext,
  publications: readonly ProductWithRun[],
  fileClass: FileClass,
): Promise<ReadonlyMap<string, HourFile>> {
  const folder = fileClass === "archive" ? productPaths.hourly : productPaths.history;
  const hours = new Map<string, HourFile>();
  for (const publication of publications) {
    const names = await listStoredNames(`${ctx.config.storePath}/${publication.storePath}/${folder}`);
    for (const name of names) {
      const stamp = fileClass === "archive" ? /_(\d{8}Z\d{4})\.nc$/.exec(name)?.[1] : stampOfModelFile(name);
      if (stamp !== undefined && !hours.has(stamp)) hours.set(stamp, { path: `${folder}/${name}`, publication });
    }
  }
  return hours;
}

/** Models write their time into the name in one of few ways: `wrfout_d01_2026-07-01_00:00:00`, `..._2026070100.nc`. */
function stampOfModelFile(name: string): string | undefined {
  const [, date, time] = /(\d{4}-\d{2}-\d{2})[_T](\d{2}[:_.-]\d{2})/.exec(name) ?? [];
  if (date !== undefined && time !== undefined) return stampOf(`${date}T${time.replace(/[_.-]/, ":")}`);
  const [, day, hour, minute = "00"] = /(?<!\d)(\d{8})[TZ_]?(\d{2})(\d{2})?(?!\d)/.exec(name) ?? [];
  return day === undefined ? undefined : `${day}Z${hour}${minute}`;
}
