import { describe, expect, test } from "vitest";
import { isNereusError, NereusError } from "@/lib/errors";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import { plannedProductSchema } from "@/lib/map/product-schema";
import { renderError } from "@/lib/messages/render-error";
import { musselInput } from "@/pipelines/mussel/input";
import { mussel, musselDaily } from "@/pipelines/mussel/pipeline";
import { aCollection, aFarm, aSource } from "@/test/fixtures/a-mussel-request";

function someSea(hours: readonly number[]): SeaInventory {
  return {
    source: "demo",
    files: [{ path: "/sea/his.nc", sizeBytes: 10, sha256: null }],
    frames: hours.map((hour, record) => ({
      validAtUtc: new Date(Date.parse("2026-07-01T00:00:00Z") + hour * 3_600_000).toISOString(),
      file: 0,
      record,
    })),
    derived: ["w", "temp"],
    bounds: { south: 40.4, north: 40.95, west: 13.6, east: 14.8 },
    spacingM: 500,
    demonstration: true,
    runId: null,
  };
}

const everyHour = (count: number) => Array.from({ length: count + 1 }, (_, hour) => hour);
const context = (sea: SeaInventory | null) => ({
  nowUtc: "2026-07-02T00:30:00Z",
  cycle: "2026-07-02T00Z",
  met: null,
  sea,
  limits: { hours: 72, particles: 100_000 },
});
const request = { start: "2026-07-02T00:00:00Z" };
const pipe = (properties: Readonly<Record<string, unknown>>) => aCollection(aSource(14.3, 40.75, properties));
const prepare = (more: Record<string, unknown> = {}, sea: SeaInventory | null = someSea(everyHour(96))) =>
  mussel.prepare(musselInput.parse({ ...request, ...more }), context(sea));
const refusal = (act: () => unknown): NereusError => {
  try {
    act();
  } catch (error) {
    if (isNereusError(error)) return error;
    throw error;
  }
  throw new Error("it was not refused");
};

describe("a request", () => {
  test.each([
    [{ start: "1 July" }, "UTC"],
    [{ hours: 0 }, "at least 1 hour"],
    [{ rain: "hail" }, "none, light, heavy, storm"],
    [{ rainMmPerHour: [-1] }, "not be negative"],
    [{ rainMmPerHour: [900] }, "at most 300 mm"],
    [{ flowM3s: 1e6 }, "at most 15000"],
    [{ effluent: "soup" }, "untreated"],
    [{ gapHours: 48 }, "between 1 and 24"],
    [{ outfalls: {} }, "GeoJSON"],
    [{ farms: "here" }, "GeoJSON"],
  ])("with %j is refused in a sentence that says what to do, in both languages", (wrong, words) => {
    const problem = musselInput.safeParse({ ...request, ...wrong }).error?.issues[0]?.message ?? "";
    expect(problem).toContain(words);
    const sentence = renderError(new NereusError("input-invalid", { field: "x", problem }), "it");
    expect(sentence).not.toContain(problem);
  });

  test.each([
    [{ depth: -2, flowM3s: 1, effluent: "primary" }, /depth.*not negative/],
    [{ flowM3s: -1, effluent: "primary" }, /flow is not negative/],
    [{ flowM3s: 20_000, effluent: "primary" }, /at most 15000 m3\/s/],
    [{ flowM3s: 1, concentration: 1e12 }, /at most 1000000000 CFU/],
    [{ flowM3s: 14_000, concentration: 1e9 }, /more than any sewer gives/],
    [{ particlesPerHour: 100, start: -1, end: -1 }, /no flowM3s; particles per hour are no load/],
    [{ flowM3s: 1 }, /neither a concentration nor an effluent/],
    [{ flowM3s: Number.NaN, effluent: "primary" }, /number of m3\/s/],
  ])("with a source %j is refused by the source's name", (properties, words) => {
    const error = refusal(() => prepare({ outfalls: pipe({ name: "Pipe 7", ...properties }) }));
    expect(error).toMatchObject({ code: "outfall-invalid", fields: { outfall: "Pipe 7" } });
    expect(renderError(error, "en")).toMatch(words);
  });

  test("takes a WaComM source set when the load is given with the request, damaged times included", () => {
    const wacomm = {
      id: "12",
      i: 3,
      j: 4,
      k: -1,
      depth: 2,
      start: -403_891_416,
      end: -1,
      mode: 1,
      particlesPerHour: 100,
    };
    const run = prepare({ outfalls: pipe(wacomm), flowM3s: 0.3, effluent: "primary" });
    expect(run.outfalls).toMatchObject([{ id: "12", flowM3s: 0.3, concentration: 5e6, startUtc: null, endUtc: null }]);
  });

  test("more particles than the memory of the task holds are refused, with how many it does", () => {
    const outfalls = aCollection(
      ...Array.from({ length: 10 }, (_, n) =>
        aSource(14.2, 40.6, { name: `Pipe ${n}`, flowM3s: 1, effluent: "river" }),
      ),
    );
    const asked = { outfalls, particlesPerHour: 10_000, hours: 72, spinUpHours: 168 };
    const error = refusal(() => prepare(asked, someSea(everyHour(300).map((hour) => hour - 168))));
    expect(renderError(error, "en")).toMatch(/At most 8333 particles an hour are possible for each outfall/);
    expect(renderError(error, "it")).toMatch(/al massimo 8333 particelle/);
  });

  test("outside the sea, or with a farm that is none, is refused", () => {
    expect(
      refusal(() => prepare({ outfalls: aCollection(aSource(2, 41, { flowM3s: 1, effluent: "river" })) })),
    ).toMatchObject({ code: "place-outside-sea" });
    expect(refusal(() => prepare({ farms: aCollection(aFarm(14.79, 40.7, 0.1)) }))).toMatchObject({
      code: "place-outside-sea",
    });
    expect(refusal(() => prepare({ farms: aCollection(aFarm(14, 40, 1e-6)) })).code).toBe("farm-invalid");
    expect(refusal(() => prepare({ farms: aCollection(aSource(14, 40, {})) })).code).toBe("farm-invalid");
  });

  test("outside the times, across a gap or without currents is refused", () => {
    expect(refusal(() => prepare({ start: "2026-07-09T00:00:00Z" })).code).toBe("start-outside-times");
    expect(refusal(() => prepare({ start: "2026-07-01T12:00:00Z" })).code).toBe("start-outside-times");
    const gap = someSea([...everyHour(30), ...everyHour(60).map((hour) => hour + 35)]);
    expect(refusal(() => prepare({}, gap))).toMatchObject({ code: "sea-gap-too-long", fields: { hours: 5 } });
    expect(refusal(() => prepare({}, null)).code).toBe("sea-none-yet");
  });

  test("above the host's limits is refused", () => {
    expect(refusal(() => prepare({ hours: 80 })).code).toBe("duration-too-long");
  });
});

describe("a prepared run", () => {
  test("names what the currents lack and what is used instead, and plans an hour for each hour", () => {
    const product = plannedProductSchema.parse(prepare().product);
    expect(product.times).toHaveLength(96);
    expect(product.times[0]).toBe("2026-07-01T01:00:00Z");
    expect(product.degraded.map(({ code }) => code)).toEqual([
      ...["w-derived", "temperature-assumed", "demonstration-places", "concentration-default"],
    ]);
    expect(product.demonstration).toBe(true);
  });

  test("whose currents end early covers the whole hours and says so", () => {
    const run = prepare({}, someSea(everyHour(60)));
    expect(run.coveredHours).toBe(60);
    expect(plannedProductSchema.parse(run.product).degraded.map(({ code }) => code)).toContain("sea-ends");
  });

  test("rains half-way through the spin-up", () => {
    expect(prepare({ rain: "storm" }).rainMmPerHour).toEqual([...Array.from({ length: 12 }, () => 0), 15, 40, 30, 10]);
  });

  test("of a cycle begins a day before it", () => {
    const run = musselDaily.prepare({}, context(someSea(everyHour(96))));
    expect(run).toMatchObject({
      start: "2026-07-02T00:00:00Z",
      releaseStart: "2026-07-01T00:00:00Z",
      coveredHours: 96,
    });
  });
});
