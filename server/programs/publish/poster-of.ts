import { encode } from "fast-png";
import { type PackedArray, packValues } from "@/lib/formats/pack";
import type { StoreFile } from "@/lib/formats/store-file";
import { gridBounds } from "@/lib/map/grid-bounds";
import { gridTransform } from "@/lib/map/grid-transform";
import { drawPoster, type PosterLand } from "@/lib/map/poster/draw-poster";
import type { Corner } from "@/lib/map/poster/pixel-canvas";
import { type ProductDescription, posterPath } from "@/lib/map/product";
import fine from "@/public/basemap/fine.json";
import world from "@/public/basemap/world.json";
import type { PublishJob } from "@/server/programs/publish/job";

type PosterWish = PublishJob["params"]["posters"][number];

/** One step of a variable as a PNG of the default view, with land and coast of Natural Earth. */
export function posterOf(
  description: ProductDescription,
  { variable: name, palette }: PosterWish,
  step: { readonly index: number; readonly values: Readonly<Record<string, Float32Array>> },
): StoreFile[] {
  const variable = description.variables.find((each) => each.name === name);
  const values = step.values[name];
  if (variable === undefined || values === undefined) return [];
  const integers: PackedArray = packValues(variable, values);
  const { grid } = description;
  const { width, height, pixels, colours } = drawPoster(
    { grid, integers, packing: variable.packing, palette },
    landAround(gridBounds(gridTransform(grid))),
  );
  const bytes = encode({ width, height, data: pixels, channels: 1, depth: 8, palette: colours.map((rgb) => [...rgb]) });
  return [{ path: posterPath(name, step.index), bytes }];
}

/** Degrees where the fine coast is known; elsewhere that of the world serves. */
const fineBox = { west: 6, south: 35, east: 19.6, north: 47.2 };

function landAround([west, south, east, north]: readonly [number, number, number, number]): PosterLand {
  const isFine = west > fineBox.west && east < fineBox.east && south > fineBox.south && north < fineBox.north;
  const features: readonly BasemapFeature[] = isFine ? fine.features : world.features;
  const of = (kind: string) => features.filter(({ properties }) => properties.kind === kind);
  return {
    rings: of("land").flatMap(({ geometry }) => linesIn(geometry.coordinates)),
    coast: of("coast").flatMap(({ geometry }) => linesIn(geometry.coordinates)),
  };
}

type BasemapFeature = {
  readonly properties: { readonly kind: string };
  readonly geometry: { readonly coordinates: Nested };
};
type Nested = readonly (Nested | number)[];

/** The lines of corners in the nested arrays of a GeoJSON geometry, whatever its type. */
function linesIn(coordinates: Nested): readonly (readonly Corner[])[] {
  const corners = coordinates.filter(isCorner);
  if (corners.length > 0) return [corners];
  return coordinates.flatMap((part) => (typeof part === "number" ? [] : linesIn(part)));
}

const isCorner = (part: Nested | number): part is readonly number[] =>
  typeof part !== "number" && part.every((each) => typeof each === "number");
