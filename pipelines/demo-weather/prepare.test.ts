import { describe, expect, test } from "vitest";
import { plannedProductSchema } from "@/lib/map/product-schema";
import { demoWeather } from "@/pipelines/demo-weather/pipeline";

const context = {
  nowUtc: "2026-07-01T14:20:00Z",
  cycle: null,
  met: null,
  limits: { hours: 72, particles: 20_000 },
};

describe("the demonstration pipeline", () => {
  test("plans hourly steps from its cycle on, in the form the publish program reads", () => {
    const { cycle, product, hours } = demoWeather.prepare({}, { ...context, cycle: "2026-07-01T00Z" });
    const planned = plannedProductSchema.parse(product);
    expect([cycle, hours, planned.times.length]).toEqual(["2026-07-01T00Z", 36, 37]);
    expect(planned.times.slice(0, 2)).toEqual(["2026-07-01T00:00:00Z", "2026-07-01T01:00:00Z"]);
    expect(planned.demonstration).toBe(true);
  });

  test("takes the last six-hourly cycle when it is asked for by hand", () => {
    expect(demoWeather.prepare({ hours: 3 }, context)).toMatchObject({ cycle: "2026-07-01T12Z", hours: 3 });
  });

  test("refuses more hours than the installation allows", () => {
    const limits = { hours: 24, particles: 1 };
    expect(() => demoWeather.prepare({ hours: 36 }, { ...context, limits })).toThrow(/duration-too-long/);
  });

  test.each(demoWeather.layers.map((layer) => [layer.id, layer] as const))(
    "draws layer %s with one colour per class in both themes, from a variable it publishes",
    (_, layer) => {
      const { breaks, light, dark } = layer.palette;
      expect([light.length, dark.length]).toEqual([breaks.length, breaks.length]);
      expect([...breaks].sort((a, b) => a - b)).toEqual(breaks);
      const product = plannedProductSchema.parse(demoWeather.prepare({}, context).product);
      expect(product.variables.map(({ name }) => name)).toContain(layer.variable);
    },
  );
});
