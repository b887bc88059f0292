import { joinRings } from "@/lib/formats/vector/join-rings";
import { nestRings } from "@/lib/formats/vector/nest-rings";
import type { Band, IndexPolygon, NodeField } from "@/lib/formats/vector/node-field";
import { regionBoundary } from "@/lib/formats/vector/region-boundary";

/**
 * The areas where a field lies in a band, by marching squares with linear interpolation along the edges between cell
 * centres. Adjacent bands share their boundary point for point; squares with a missing corner belong to none.
 * @returns polygons in index space, outer rings against the clock
 * Source: Lorensen and Cline's cases in two dimensions; checked against closed forms (band-polygons.test.ts) and by GDAL
 */
export function bandPolygons(field: NodeField, band: Band): readonly IndexPolygon[] {
  const { boundary, vertices } = regionBoundary(field, band);
  return nestRings(joinRings(boundary, vertices.pointOf));
}
