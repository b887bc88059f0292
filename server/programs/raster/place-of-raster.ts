import { shiftTransform } from "@/lib/formats/cog/placement-tags";
import { boundsOf } from "@/lib/formats/tiff/geo-reference";
import { crsToLonLat } from "@/lib/geo/crs-to-lon-lat";
import { type Footprint, footprintOf } from "@/lib/geo/footprint";
import type { OpenRaster } from "@/server/formats/open-raster";

export const projectionExtension = "https://stac-extensions.github.io/projection/v2.0.0/schema.json";

/** Where a raster lies, as STAC tells it. A system that has no way to longitude and latitude here gives no geometry. */
export function placeOfRaster({ width, height, about }: Pick<OpenRaster, "width" | "height" | "about">) {
  const { transform, crs } = about;
  const toLonLat = crsToLonLat(crs);
  const corner = (u: number, v: number) => {
    const [x, , , y] = shiftTransform(transform, v * height, u * width);
    return [x, y] as const;
  };
  const footprint: Footprint | null = toLonLat === null ? null : footprintOf(corner, toLonLat);
  const { west, south, east, north } = boundsOf(transform, { width, height });
  const [x, xColumn, xRow, y, yColumn, yRow] = transform;
  return {
    bbox: footprint?.bbox ?? null,
    geometry: footprint?.geometry ?? null,
    properties: {
      "proj:code": crs.startsWith("EPSG:") ? crs : null,
      "proj:shape": [height, width],
      // Row by row, as the extension wants it.
      "proj:transform": [xColumn, xRow, x, yColumn, yRow, y],
      "proj:bbox": [west, south, east, north],
    },
  };
}
