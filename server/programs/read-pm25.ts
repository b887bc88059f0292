import { readUnpacked } from "@/lib/formats/packing";
import type { ExposureHour } from "@/lib/transport/area-exposure";
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

/** PM2.5 of an hour of `transport` and its counting error, told also where too few particles came to give a value. */
export async function readSmokeHour(path: string): Promise<ExposureHour> {
  const file = await openNetcdf(path);
  try {
    return {
      pm25: Float32Array.from(await readUnpacked(file, "pm25")),
      relativeError: Float32Array.from(await readUnpacked(file, "pm25_relative_error")),
    };
  } finally {
    await file.close();
  }
}
