import type { Dataset, Variable } from "@/lib/formats/dataset";

/**
 * The latitudes of a data set's cells, degrees, of one or two dimensions (in WRF one more, time); absent where it names none.
 * Source: CF conventions 1.8, section 4.1; names of WRF, WPS, ROMS, NEMO and Zarr stores.
 */
export function latitudeOf(dataset: Dataset): Variable | undefined {
  return coordinate(dataset, latitude);
}

/** The longitudes likewise. */
export function longitudeOf(dataset: Dataset): Variable | undefined {
  return coordinate(dataset, longitude);
}

type Axis = { readonly standardName: string; readonly units: RegExp; readonly names: RegExp };

const latitude: Axis = {
  standardName: "latitude",
  units: /^degrees?_?(north|n)$/i,
  names: /^(lat|latitude|xlat|xlat_m|lat_rho|nav_lat|lat_mean)$/i,
};
const longitude: Axis = {
  standardName: "longitude",
  units: /^degrees?_?(east|e)$/i,
  names: /^(lon|longitude|xlong|xlong_m|lon_rho|nav_lon|lon_mean)$/i,
};

/** By name first: staggered grids have several latitudes, of which the one at cell centres counts. */
function coordinate({ variables }: Dataset, axis: Axis): Variable | undefined {
  const numeric = [...variables.values()].filter(({ dtype, shape }) => dtype !== "char" && shape.length > 0);
  const sure = numeric.find(({ name }) => axis.names.test(name));
  const standard = numeric.find(({ attributes }) => attributes.standard_name === axis.standardName);
  const byUnits = numeric.find(({ attributes: { units } }) => typeof units === "string" && axis.units.test(units));
  return sure ?? standard ?? byUnits;
}
