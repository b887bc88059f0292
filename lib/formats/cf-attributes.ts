import type { GridDescription, Projection } from "@/lib/geo/grid";
import { cellCorner } from "@/lib/geo/locate";
import type { ProductDescription, PublishedVariable } from "@/lib/map/product";

/** Attributes of a file or a variable in the order they are written. */
export type CfAttributes = Readonly<Record<string, string | number | readonly number[]>>;

/**
 * Global attributes of every file of a product: CF-1.8 and ACDD-1.3, then provenance under `nereus_*`, then the
 * product's own, which win. `nereus_grid` is the GridDescription as JSON text.
 */
export function globalAttributes(description: ProductDescription): CfAttributes {
  const { times, grid } = description;
  return {
    Conventions: "CF-1.8, ACDD-1.3",
    title: description.title.en,
    summary: `${description.title.en}, domain ${description.domain}, run ${description.runId}.`,
    id: `${description.productId}/${description.runId}-g${description.generation}`,
    license: description.licence,
    references: description.citation,
    time_coverage_start: times[0] ?? "",
    time_coverage_end: times[times.length - 1] ?? "",
    ...boundsAttributes(grid),
    cdm_data_type: "Grid",
    nereus_product: description.productId,
    nereus_pipeline: description.pipelineId,
    nereus_run: description.runId,
    nereus_generation: description.generation,
    nereus_domain: description.domain,
    nereus_grid: JSON.stringify(grid),
    nereus_demonstration: description.demonstration ? 1 : 0,
    ...(description.demonstration ? { comment: "SYNTHETIC DEMONSTRATION DATA, not a forecast" } : {}),
    ...(description.degraded.length > 0
      ? { nereus_degraded: description.degraded.map(({ code, text }) => `${code}: ${text.en}`).join("; ") }
      : {}),
    ...description.attributes,
  };
}

function boundsAttributes(grid: GridDescription): CfAttributes {
  const [west, south, east, north] = boundsOfGrid(grid);
  return {
    geospatial_lat_min: south,
    geospatial_lat_max: north,
    geospatial_lon_min: west,
    geospatial_lon_max: east,
  };
}

/**
 * Outermost cell corners in degrees, to six digits: west, south, east, north. On a projected grid the rim is walked,
 * since parallels bend.
 */
export function boundsOfGrid(grid: GridDescription): readonly [number, number, number, number] {
  const along = Array.from({ length: 33 }, (_, step) => step / 32);
  const rim = along.flatMap((share) => [
    cellCorner(grid, share * grid.nX, 0),
    cellCorner(grid, share * grid.nX, grid.nY),
    cellCorner(grid, 0, share * grid.nY),
    cellCorner(grid, grid.nX, share * grid.nY),
  ]);
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
  const [lats, lons] = [rim.map(({ lat }) => lat), rim.map(({ lon }) => lon)];
  return [round(Math.min(...lons)), round(Math.min(...lats)), round(Math.max(...lons)), round(Math.max(...lats))];
}

/** Attributes of a packed variable, the packing itself left out since each format writes it in its own types. */
export function variableAttributes(variable: PublishedVariable, grid: GridDescription): CfAttributes {
  return {
    ...(variable.standardName === null ? {} : { standard_name: variable.standardName }),
    long_name: `${variable.title.en} (${variable.level.en})`,
    units: variable.units,
    grid_mapping: "crs",
    ...(grid.kind === "projected" ? { coordinates: "lat lon" } : {}),
    ...variable.attributes,
  };
}

/** Attributes of the scalar variable `crs`. Source: CF-1.8 appendix F. */
export function gridMappingAttributes(grid: GridDescription): CfAttributes {
  if (grid.kind === "latlon")
    return { grid_mapping_name: "latitude_longitude", semi_major_axis: 6_378_137, inverse_flattening: 298.257223563 };
  return { ...projectionAttributes(grid.projection), earth_radius: grid.projection.radiusM };
}

function projectionAttributes(projection: Projection): CfAttributes {
  const origin = { false_easting: 0, false_northing: 0 };
  switch (projection.name) {
    case "lambert":
      return {
        grid_mapping_name: "lambert_conformal_conic",
        standard_parallel:
          projection.trueLat1 === projection.trueLat2
            ? projection.trueLat1
            : [projection.trueLat1, projection.trueLat2],
        longitude_of_central_meridian: projection.standLon,
        latitude_of_projection_origin: projection.lat0,
        ...origin,
      };
    case "mercator":
      return {
        grid_mapping_name: "mercator",
        standard_parallel: projection.trueLat1,
        longitude_of_projection_origin: projection.standLon,
        ...origin,
      };
    case "polar":
      return {
        grid_mapping_name: "polar_stereographic",
        standard_parallel: projection.trueLat1,
        straight_vertical_longitude_from_pole: projection.standLon,
        latitude_of_projection_origin: projection.trueLat1 >= 0 ? 90 : -90,
        ...origin,
      };
  }
}
