import type { Variable } from "@/lib/formats/dataset";

/**
 * Fill values that the NetCDF library writes where a file names none, by type; 64-bit ones as rounded to float64.
 * Source: netcdf.h, NC_FILL_*.
 */
export const defaultFills: Readonly<Record<Variable["dtype"], number>> = {
  int8: -127,
  uint8: 255,
  int16: -32_767,
  uint16: 65_535,
  int32: -2_147_483_647,
  uint32: 4_294_967_295,
  int64: -(2 ** 63),
  uint64: 2 ** 64,
  float32: 9.969209968386869e36,
  float64: 9.969209968386869e36,
  char: 0,
};
