import { open } from "node:fs/promises";
import { encodeClassicNetcdf } from "@/lib/formats/netcdf-classic-writer";
import { writeNetcdf4 } from "@/server/formats/netcdf4-writer";
import { aProduct, aVariable } from "@/test/fixtures/a-product";

const side = 1000;

/** A weather-like field of 1000 x 1000 float32 values with noise, so that nothing on the way compresses it to nothing. */
export function noisyField(): Float32Array {
  let seed = 1;
  return Float32Array.from({ length: side * side }, (_, cell) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return 280 + 10 * Math.sin(cell / 70) + (seed / 2_147_483_648) * 0.5;
  });
}

/** A classic NetCDF of `records` steps of 1000 x 1000 float32, 4 MB each, written step by step. @returns bytes */
export async function writeLargeClassic(path: string, records: number): Promise<number> {
  const field = noisyField();
  const first = encodeClassicNetcdf({
    name: path,
    dimensions: { time: 1, y: side, x: side },
    recordDimension: "time",
    attributes: {},
    variables: [{ name: "t2", dimensions: ["time", "y", "x"], attributes: { units: "K" }, data: field }],
  });
  // Bytes 4 to 7 hold the number of records; with one record variable they follow one another without padding.
  new DataView(first.buffer, first.byteOffset).setUint32(4, records);
  const record = first.subarray(first.length - field.byteLength);
  const file = await open(path, "w");
  try {
    await file.writeFile(first);
    for (let index = 1; index < records; index += 1) await file.writeFile(record);
  } finally {
    await file.close();
  }
  return first.length + (records - 1) * record.length;
}

/** A deflated NetCDF-4 of `steps` steps of 1000 x 1000 int32. @returns bytes of the decoded data */
export async function writeLargeNetcdf4(path: string, steps: number): Promise<number> {
  const plane = Int32Array.from(noisyField(), (value) => Math.round(value / 0.05));
  const times = Array.from({ length: steps }, (_, step) => new Date(Date.UTC(2026, 6, 1, step)).toISOString());
  const grid = { kind: "latlon", nX: side, nY: side, lon0: 5, lat0: 35, dLon: 0.01, dLat: 0.01 } as const;
  const variables = [aVariable({ packing: { dtype: "int32", scale: 0.05, offset: 0, fill: -2_147_483_648 } })];
  await writeNetcdf4(path, aProduct({ grid, times, variables }), { steps: [...times.keys()], read: () => plane });
  return steps * plane.byteLength;
}
