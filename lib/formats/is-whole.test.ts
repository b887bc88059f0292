import { describe, expect, test } from "vitest";
import { isWhole } from "@/lib/formats/is-whole";
import { memoryByteSource } from "@/lib/formats/memory-byte-source";
import { encodeClassicNetcdf } from "@/lib/formats/netcdf-classic-writer";
import { aGribMessage } from "@/test/fixtures/a-grib-message";

const wholeness = (bytes: Uint8Array) => isWhole(memoryByteSource("file", bytes));

const classic = encodeClassicNetcdf({
  name: "frame.nc",
  dimensions: { Time: 2, x: 4 },
  recordDimension: "Time",
  attributes: {},
  variables: [{ name: "T2", dimensions: ["Time", "x"], data: new Float32Array(8) }],
});
const grib = aGribMessage({
  nColumns: 2,
  nRows: 2,
  representation: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0],
  data: [1, 2, 3, 4],
});

/** A superblock with addresses of 8 bytes after a user block, and the bytes that it says there are. */
function hdf5(
  version: number,
  options: { readonly userBlockBytes?: number; readonly flags?: number } = {},
): Uint8Array {
  const { userBlockBytes = 0, flags = 0 } = options;
  const bytes = new Uint8Array(userBlockBytes + 200);
  bytes.set([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, version], userBlockBytes);
  bytes[userBlockBytes + (version < 2 ? 13 : 9)] = 8;
  if (version >= 2) bytes[userBlockBytes + 11] = flags;
  const base = version === 0 ? 24 : version === 1 ? 28 : 12;
  new DataView(bytes.buffer).setBigUint64(userBlockBytes + base + 16, BigInt(bytes.length), true);
  return bytes;
}

describe.each([
  ["classic NetCDF", classic],
  ["a GRIB message", grib],
  ["HDF5, version 0", hdf5(0)],
  ["HDF5, version 1", hdf5(1)],
  ["HDF5, version 2", hdf5(2)],
  ["HDF5 after a user block", hdf5(0, { userBlockBytes: 512 })],
])("%s", (_, bytes) => {
  test("is whole as it was written", async () => expect(await wholeness(bytes)).toBe(true));
  test("is not without its last byte", async () => expect(await wholeness(bytes.subarray(0, -1))).toBe(false));
});

test("a classic file of which the header alone is there is cut", async () => {
  for (const length of [4, 20, 60]) expect(await wholeness(classic.subarray(0, length))).toBe(false);
});

test("an HDF5 file that is open for writing is not whole, nor one whose end is not known yet", async () => {
  expect(await wholeness(hdf5(3, { flags: 1 }))).toBe(false);
  expect(await wholeness(hdf5(3))).toBe(true);
  expect(await wholeness(hdf5(0).fill(0xff, 40, 48))).toBe(false);
});

test("a file of another format is whole as it is, an empty one is not", async () => {
  expect(await wholeness(new TextEncoder().encode("x,y\n"))).toBe(true);
  expect(await wholeness(new Uint8Array(0))).toBe(false);
});
