import { describe, expect, test } from "vitest";
import { bulletinHtml, bulletinText, statusCsv } from "@/lib/farms/bulletin";
import type { FarmsFile } from "@/lib/farms/farm-series";
import { classLimits, musselAssumptions, predictStatus } from "@/lib/farms/predicted-status";
import type { StatusReport } from "@/lib/farms/status-report";
import { probabilityNotAbove } from "@/lib/transport/class-probability";

/** One farm that two sources reach at a steady 100 and 25 CFU/100 ml from hour 30 on. */
function someFarms(more: Partial<FarmsFile["outfalls"][number]> = {}): FarmsFile {
  const steady = (value: number) => Array.from({ length: 72 }, (_, hour) => (hour < 30 ? 0 : value));
  const layer = (aboveM: number, belowM: number) => ({
    aboveM,
    belowM,
    concentration: steady(125),
    effectiveParticles: steady(50),
  });
  const source = { effluent: "primary", sdLog10: 0.3, ...more } as const;
  return {
    start: "2026-07-01T00:00:00Z",
    hours: 72,
    outfalls: [
      { id: "1", name: "North <pipe>", ...source },
      { id: "2", name: "=South", ...source },
    ],
    rainMmPerHour: [5, 5],
    farms: [
      {
        id: "a",
        name: "Farm",
        depthM: 3,
        seaAreaM2: 1e6,
        waterDepthM: 20,
        layers: [layer(0, 1), layer(1, 5), layer(5, 10)],
        sources: [
          { outfall: 0, dry: steady(60), overflow: steady(40), ageHours: steady(9) },
          { outfall: 1, dry: steady(25), overflow: steady(0), ageHours: steady(20) },
        ],
        current: Array.from({ length: 72 }, () => ({ eastMs: 0.1, northMs: -0.1 })),
      },
    ],
  };
}

const reportOf = (farms: ReturnType<typeof predictStatus>): StatusReport => ({
  model: "test",
  runId: "r1",
  seed: 1,
  demonstration: true,
  degraded: [{ code: "x", text: { en: "Something is missing.", it: "Manca qualcosa." } }],
  limitsMpnPer100g: [...classLimits],
  farms: structuredClone(farms) as StatusReport["farms"],
});

describe("the predicted status", () => {
  test("covers the days after the spin-up, clean before bacteria come and never decreasing over the limits", () => {
    const [farm] = predictStatus(someFarms(), { seed: 1, spinUpHours: 24 });
    expect(farm?.days.map(({ day, fromUtc, hours }) => [day, fromUtc, hours])).toEqual([
      [0, "2026-07-02T00:00:00Z", 24],
      [1, "2026-07-03T00:00:00Z", 24],
    ]);
    for (const { notAbove } of farm?.days ?? []) expect([...notAbove].sort((a, b) => a - b)).toEqual(notAbove);
    const [early] = predictStatus(someFarms(), { seed: 1, spinUpHours: 0 });
    expect(early?.days[0]).toMatchObject({ notAbove: [1, 1, 1, 1], waterMax: 0, reason: null });
  });

  test("agrees with the log-normal of the spreads where one source brings all", () => {
    const one = someFarms({ sdLog10: 0.5 });
    const farms = one.farms.map((farm) => ({
      ...farm,
      sources: farm.sources.slice(1).map((source) => ({ ...source, dry: source.dry.map((value) => 4 * value) })),
    }));
    const [status] = predictStatus({ ...one, farms }, { seed: 5, spinUpHours: 48 });
    const { concentrationRatioSdLog10: ratio, assaySdLog10: assay } = musselAssumptions;
    const spread = Math.hypot(0.5, ratio, assay);
    classLimits.forEach((limit, n) => {
      // 400 draws: one standard deviation is 2.5 %.
      const exact = probabilityNotAbove(limit, 10 * 100, spread);
      expect(Math.abs((status?.days[0]?.notAbove[n] ?? 0) - exact)).toBeLessThan(0.08);
    });
  });

  test("says which source, how much by overflow and which current", () => {
    const [farm] = predictStatus(someFarms(), { seed: 1, spinUpHours: 48 });
    const reason = farm?.days[0]?.reason;
    expect(reason?.sources.map(({ name }) => name)).toEqual(["North <pipe>", "=South"]);
    expect(reason?.sources[0]).toMatchObject({ share: 0.8, ageHours: 9 });
    expect(reason?.overflowShare).toBeCloseTo(0.32, 6);
    expect(reason?.rainMm).toBe(10);
    expect(reason?.currentTowardsDegrees).toBeCloseTo(135, 6);
  });

  test("is the same for the same seed", () => {
    const once = predictStatus(someFarms(), { seed: 3, spinUpHours: 24 });
    expect(predictStatus(someFarms(), { seed: 3, spinUpHours: 24 })).toEqual(once);
  });
});

describe("the bulletin", () => {
  const report = reportOf(predictStatus(someFarms(), { seed: 1, spinUpHours: 48 }));

  test("is never the official class, in both languages, and says that it is a demonstration", () => {
    expect(bulletinHtml(report, "en")).toContain("not the official class");
    expect(bulletinText(report, "it")).toContain("né la classe ufficiale");
    expect(bulletinText(report, "en")).toContain("Demonstration");
    expect(bulletinText(report, "en")).toContain("current towards the south-east, 0.14 m/s");
  });

  test("lets no name break its page or become a formula", () => {
    expect(bulletinHtml(report, "en")).toContain("North &lt;pipe&gt;");
    expect(bulletinHtml(report, "en")).not.toContain("<pipe>");
    const named = reportOf([{ id: "=1+1", name: '=HYPERLINK("x")', depthM: 3, days: report.farms[0]?.days ?? [] }]);
    expect(statusCsv(named)).toContain(`'=1+1,"'=HYPERLINK(""x"")"`);
  });
});
