import { readUnpacked } from "@/lib/formats/packing";
import { openNetcdf } from "@/server/formats/open-netcdf";

/** PM2.5 of an hour of `transport`, ug m-3, row 0 south, NaN = no value. */
export async function readPm25(path: string): Promise<Float32Array> {
  const file = await openNetcdf(path);
  try {
    return Float32Array.from(await readUnpacked(file, "pm25"));
  } finally {
    await file.close();
  }
}
