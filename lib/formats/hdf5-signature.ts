/** Offsets at which an HDF5 file may start its superblock (user blocks before it), as far as they are looked at. */
export const hdf5SignatureOffsets: readonly number[] = [0, 512, 1024, 2048, 4096, 8192];

/** True when the bytes at one of those offsets are the HDF5 signature. Source: HDF5 file format specification, II.A. */
export function isHdf5Signature(bytes: Uint8Array): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
