import { describe, expect, test } from "vitest";
import { isNereusError, NereusError } from "@/lib/errors";
import type { MetInventory } from "@/lib/formats/wrf/inventory";
import { wrfEarthRadiusM } from "@/lib/geo/grid";
import { projectionOf } from "@/lib/geo/projection";
import { plannedProductSchema } from "@/lib/map/product-schema";
import { renderError } from "@/lib/messages/render-error";
import { smokeInput } from "@/pipelines/smoke/input";
import { smoke } from "@/pipelines/smoke/pipeline";

const mercator = { name: "mercator", trueLat1: 0, standLon: 14, radiusM: wrfEarthRadiusM } as const;
const corner = projectionOf(mercator).toPlane(13, 39);

function someWeather(hours: number): MetInventory {
  return {
    source: "demo",
    files: [{ path: "/met/wrf.nc", sizeBytes: 10, sha256: null }],
    frames: Array.from({ length: hours + 1 }, (_, hour) => ({
      validAtUtc: new Date(Date.parse("2026-07-01T00:00:00Z") + hour * 3_600_000).toISOString(),
      file: 0,
      record: hour,
      grid: {
        kind: "projected",
        nX: 80,
        nY: 100,
        projection: mercator,
        x0: corner.x,
        y0: corner.y,
        dX: 4000,
        dY: 4000,
      },
      bounds: { south: 39, north: 41.7, west: 13, east: 15.8 },
    })),
    derived: ["PBLH"],
    demonstration: true,
    runId: null,
  };
}

const request = { lat: 40.2, lon: 14.4, start: "2026-07-01T12:00:00Z" };
const areasOfCorners = (corners: number) => {
  const ring = (count: number) => Array.from({ length: count }, (_, at) => [14 + Math.cos(at), 40 + Math.sin(at)]);
  const rings = [ring(20_000), ring(20_000), ring(corners - 40_000)];
  const feature = { type: "Feature", properties: null, geometry: { type: "Polygon", coordinates: rings } };
  return { type: "FeatureCollection", features: [feature] };
};
const context = (met: MetInventory | null) => ({
  nowUtc: "2026-07-01T13:00:00Z",
  cycle: null,
  met,
  limits: { hours: 48, particles: 100_000 },
});
const prepare = (more: Record<string, unknown> = {}, weather = someWeather(48)) =>
  smoke.prepare(smokeInput.parse({ ...request, ...more }), context(weather));
const codeOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (isNereusError(error)) return error.code;
    throw error;
  }
  return null;
};

describe("a request", () => {
  test("gets 24 h, 10 ha of maquis and 20 000 particles when it says no more", () => {
    const ensemble = { members: 24, memberParticles: 10_000 };
    const fire = { hours: 24, areaHa: 10, fuel: "maquis", particles: 20_000 };
    expect(smokeInput.parse(request)).toEqual({ ...request, ...fire, ...ensemble });
  });

  test.each([
    [{ lat: 91 }, "latitude"],
    [{ start: "1 July" }, "UTC"],
    [{ hours: 0 }, "at least 1 hour"],
    [{ areaHa: 0 }, "above 0 ha"],
    [{ fuel: "tyres" }, "maquis"],
    [{ particles: 3 }, "100 particles"],
  ])("with %j is refused in a sentence that says what to do", (wrong, words) => {
    const parsed = smokeInput.safeParse({ ...request, ...wrong });
    expect(parsed.error?.issues[0]?.message).toContain(words);
  });

  test.each([
    { lat: 91 },
    { lat: "north" },
    { lon: 181 },
    { start: "1 July" },
    { hours: 0 },
    { hours: 500 },
    { areaHa: 0 },
    { fuel: "tyres" },
    { seed: -1 },
    { particles: 3 },
    { met: "" },
    { members: 65 },
    { areas: { type: "Feature" } },
  ])("with %j is refused in Italian too", (wrong) => {
    const [issue] = smokeInput.safeParse({ ...request, ...wrong }).error?.issues ?? [];
    const problem = issue?.message ?? "";
    const sentence = renderError(new NereusError("input-invalid", { field: "x", problem }), "it");
    expect(problem).not.toBe("");
    expect(sentence).not.toContain(problem);
  });

  test("may have areas of as many corners as can be reckoned with", () => {
    expect(smokeInput.safeParse({ ...request, areas: areasOfCorners(50_000) }).success).toBe(true);
    const [issue] = smokeInput.safeParse({ ...request, areas: areasOfCorners(50_001) }).error?.issues ?? [];
    const { message: problem = "" } = issue ?? {};
    expect(problem).toContain("at most 50000 corners");
    const sentence = renderError(new NereusError("input-invalid", { field: "areas", problem }), "it");
    expect(sentence).toContain("50000 vertici");
  });

  test("above the host's limits is refused", () => {
    expect(codeOf(() => prepare({ hours: 49 }))).toBe("duration-too-long");
    expect(codeOf(() => prepare({ particles: 200_000 }))).toBe("input-invalid");
  });

  test("outside the domain or the times is refused", () => {
    expect(codeOf(() => prepare({ lat: 50 }))).toBe("point-outside-domain");
    expect(codeOf(() => prepare({ start: "2026-07-09T00:00:00Z" }))).toBe("start-outside-times");
    expect(codeOf(() => prepare({ start: "2026-07-02T23:30:00Z" }))).toBe("start-outside-times");
  });
});

describe("a prepared run", () => {
  test("holds a valid product with one time per hour and labels for what was assumed", () => {
    const product = plannedProductSchema.parse(prepare().product);
    expect(product.times).toHaveLength(24);
    expect(product.times[0]).toBe("2026-07-01T13:00:00Z");
    expect(product.demonstration).toBe(true);
    expect(product.degraded.map(({ code }) => code)).toEqual(["pblh-derived", "emission-default"]);
    expect(product.attributes.fire_emitted_kg).toBeCloseTo(1075.5, 6);
  });

  test("reads only the frames around its hours", () => {
    expect(Object(prepare({ hours: 3, members: 0 }).met).frames).toHaveLength(4);
  });

  test("of an ensemble reads the hour before too, where the weather has it", () => {
    const frames = (start: string) =>
      Object(prepare({ hours: 3, start }).met).frames.map(({ validAtUtc }: { validAtUtc: string }) => validAtUtc);
    expect(frames("2026-07-01T12:00:00Z")[0]).toBe("2026-07-01T11:00:00.000Z");
    expect(frames("2026-07-01T00:00:00Z")[0]).toBe("2026-07-01T00:00:00.000Z");
  });

  test("tells of the whole run at the last hour that the weather covers", () => {
    const run = prepare({}, someWeather(18));
    expect(plannedProductSchema.parse(run.summaryProduct).times).toEqual(["2026-07-01T18:00:00Z"]);
    expect(plannedProductSchema.parse(run.ensembleProduct).times).toHaveLength(24);
    expect(run.emissionVariation).toBeCloseTo(Math.hypot(0.5 / 1.5, 3.42 / 7.17), 9);
  });

  test("has the same seed for the same request and another for another", () => {
    expect(prepare().seed).toBe(prepare().seed);
    expect(prepare().seed).not.toBe(prepare({ lat: 40.21 }).seed);
    expect(prepare({ seed: 7 }).seed).toBe(7);
  });

  test("whose weather ends early covers the whole hours and says so", () => {
    const run = prepare({}, someWeather(18));
    expect(run.coveredHours).toBe(6);
    expect(plannedProductSchema.parse(run.product).degraded.map(({ code }) => code)).toContain("weather-ends");
  });
});
