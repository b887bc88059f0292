import { z } from "zod";
import { NereusError } from "@/lib/errors";
import { type FarmArea, farmAreaM2, type Ring } from "@/lib/farms/farm-area";

/** Bounds of what is taken for a farm, and of a whole document: geometry of any size would keep its reader busy. */
const bounds = { count: 200, rings: 100, positions: 20_000, leastAreaM2: 100, largestAreaM2: 5e8, depthM: 60 } as const;
/** Long-lines hang between 1 and 5 m. */
const usualDepthM = 3;

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).rest(z.number());
const ring = z.array(position).min(3, "a ring has at least three positions");
const shape = z.union(
  [
    z.object({ type: z.literal("Polygon"), coordinates: z.array(ring).min(1) }),
    z.object({ type: z.literal("MultiPolygon"), coordinates: z.array(z.array(ring).min(1)).min(1) }),
  ],
  "expected a Polygon or MultiPolygon of longitudes and latitudes",
);
const feature = z.object({
  type: z.literal("Feature"),
  geometry: shape,
  properties: z.record(z.string(), z.unknown()).nullish(),
});
const document = z.union(
  [
    z.object({ type: z.literal("FeatureCollection"), features: z.array(feature).min(1).max(bounds.count) }),
    feature,
    shape,
  ],
  "expected GeoJSON with at least one polygon",
);

/**
 * The farms of a GeoJSON document. `name`, `id` and `depth` (m) are read; the official class that some lists carry is not:
 * it is the authority's, and dated.
 * @throws farm-invalid, naming the farm and what is wrong with it
 */
export function readFarms(given: unknown): readonly FarmArea[] {
  const positions = positionsIn(given);
  if (positions > bounds.positions) throw tooMuch(`${positions} positions; expected at most ${bounds.positions}`);
  const parsed = document.safeParse(given);
  if (!parsed.success) throw new NereusError("farm-invalid", { farm: "-", problem: problemOf(parsed.error) });
  const features = "features" in parsed.data ? parsed.data.features : [asFeature(parsed.data)];
  const shapes = features.map(({ geometry }) =>
    geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat(),
  );
  const most = shapes.reduce((most, { length }) => Math.max(most, length), 0);
  if (most > bounds.rings) throw tooMuch(`a farm of ${most} rings; expected at most ${bounds.rings}`);
  return features.map(({ properties }, index) => toFarm(shapes[index] ?? [], properties ?? {}, index));
}

/** Counted before the schema looks at each of them: lists that begin with a number. */
const positionsIn = (given: unknown): number => JSON.stringify(given ?? null).match(/\[-?\d/g)?.length ?? 0;

const tooMuch = (problem: string) => new NereusError("farm-invalid", { farm: "-", problem });

type Feature = z.output<typeof feature>;

function asFeature(value: Feature | z.output<typeof shape>): Feature {
  return value.type === "Feature" ? value : { type: "Feature", geometry: value };
}

function toFarm(
  rings: readonly (readonly [number, number, ...number[]])[][],
  properties: Readonly<Record<string, unknown>>,
  index: number,
): FarmArea {
  const text = (...names: readonly string[]) =>
    names
      .map((name) => properties[name])
      .find((value) => (typeof value === "string" && value !== "") || typeof value === "number");
  const name = String(text("name", "Localita", "Località", "CUN", "id") ?? `farm ${index + 1}`).slice(0, 200);
  const depth = properties.depth ?? usualDepthM;
  const refuse = (problem: string) => new NereusError("farm-invalid", { farm: name, problem });
  if (typeof depth !== "number" || !(depth >= 0 && depth <= bounds.depthM))
    throw refuse(`its depth must be between 0 and ${bounds.depthM} m`);
  const plain: readonly Ring[] = rings.map((one) => one.map(([lon, lat]) => [lon, lat] as const));
  const area = farmAreaM2(plain);
  if (!(area >= bounds.leastAreaM2 && area <= bounds.largestAreaM2))
    throw refuse(`its area is ${Math.round(area)} m2; expected ${bounds.leastAreaM2} to ${bounds.largestAreaM2} m2`);
  return { id: String(text("id", "CUN") ?? index + 1), name, rings: plain, depthM: depth };
}

function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue?.path.join(".") || "document"}: ${issue?.message ?? "not as expected"}`;
}
