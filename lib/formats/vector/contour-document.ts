import { bandPolygons } from "@/lib/formats/vector/band-polygons";
import { isolines } from "@/lib/formats/vector/isolines";
import type { IndexPoint, NodeField } from "@/lib/formats/vector/node-field";
import type { GridTransform } from "@/lib/map/grid-transform";
import type { ProductDescription, PublishedVariable } from "@/lib/map/product";

/** Longitude and latitude, degrees. */
type Place = readonly [lon: number, lat: number];

/** All lines of one value, or all areas of one band, in published units. */
export type Contour =
  | { readonly kind: "lines"; readonly level: number; readonly lines: readonly (readonly Place[])[] }
  | {
      readonly kind: "polygons";
      readonly from: number;
      /** Infinite for the last band. */
      readonly below: number;
      /** Rings of each polygon, closed, the outer one first. */
      readonly polygons: readonly (readonly (readonly Place[])[])[];
    };

/** Contours of one field with what a reader has to know of it. */
export type ContourDocument = {
  readonly about: Readonly<Record<string, string | number>>;
  readonly variable: PublishedVariable;
  readonly validAtUtc: string;
  readonly contours: readonly Contour[];
};

export type ContourRequest = {
  readonly kind: "lines" | "polygons";
  /** Ascending, published units. Bands lie between two of them and above the last. */
  readonly levels: readonly number[];
};

/** Isolines or filled bands of one field on its own grid, brought to longitude and latitude. Empty ones are left out. */
export function traceContours(field: NodeField, transform: GridTransform, request: ContourRequest): readonly Contour[] {
  const { kind, levels } = request;
  const toPlaces = (points: readonly IndexPoint[]) => placesOf(points, transform);
  if (kind === "lines")
    return levels.flatMap((level) => {
      const lines = isolines(field, level)
        .map(toPlaces)
        .filter((line) => line.length > 1);
      return lines.length === 0 ? [] : [{ kind, level, lines }];
    });
  return levels.flatMap((from, at) => {
    const below = levels[at + 1] ?? Number.POSITIVE_INFINITY;
    const polygons = bandPolygons(field, { from, below }).flatMap(({ outer, holes }) => {
      const [shell = [], ...inner] = [outer, ...holes].map((ring) => closed(toPlaces(ring)));
      // A ring that is smaller than the last digit is none.
      return shell.length < 4 ? [] : [[shell, ...inner.filter((ring) => ring.length >= 4)]];
    });
    return polygons.length === 0 ? [] : [{ kind, from, below, polygons }];
  });
}

/** What every export tells: product, run, variable, unit, level, time, licence and how to cite. */
export function aboutField(
  description: ProductDescription,
  variable: PublishedVariable,
  validAtUtc: string,
): ContourDocument["about"] {
  return {
    title: description.title.en,
    product: description.productId,
    domain: description.domain,
    run: `${description.runId}-g${description.generation}`,
    variable: variable.name,
    long_name: variable.title.en,
    units: variable.units,
    level: variable.level.en,
    valid_time: validAtUtc,
    licence: description.licence,
    citation: description.citation,
    ...(description.demonstration ? { notice: "SYNTHETIC DEMONSTRATION DATA, not a forecast" } : {}),
    ...(description.degraded.length > 0
      ? { degraded: description.degraded.map(({ text }) => text.en).join("; ") }
      : {}),
  };
}

/** A tenth of a metre; points that fall together are one. */
function placesOf(points: readonly IndexPoint[], { toLonLat }: GridTransform): Place[] {
  const places: Place[] = [];
  for (const [x, y] of points) {
    const [lon, lat] = toLonLat(x, y).map((degrees) => Math.round(degrees * 1e6) / 1e6);
    const last = places.at(-1);
    if (lon === undefined || lat === undefined || (last?.[0] === lon && last[1] === lat)) continue;
    places.push([lon, lat]);
  }
  return places;
}

function closed(ring: Place[]): Place[] {
  const [first] = ring;
  const last = ring.at(-1);
  if (first === undefined || last === undefined) return ring;
  return first[0] === last[0] && first[1] === last[1] ? ring : [...ring, first];
}
