import type { DatasetFormat } from "@/lib/formats/dataset";

/** Formats as their users write them. */
export const formatNames: Readonly<Record<DatasetFormat, string>> = {
  "netcdf-classic": "NetCDF classic (CDF-1)",
  "netcdf-64bit-offset": "NetCDF 64-bit offset (CDF-2)",
  "netcdf-64bit-data": "NetCDF 64-bit data (CDF-5)",
  "netcdf-4": "NetCDF-4",
  hdf5: "HDF5",
  grib1: "GRIB1",
  grib2: "GRIB2",
  tiff: "TIFF",
  geotiff: "GeoTIFF",
  calpuff: "CALPUFF concentration",
  hysplit: "HYSPLIT cdump",
  "geo-dat": "GEO.DAT text",
  zarr: "Zarr",
};
