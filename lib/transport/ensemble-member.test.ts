import { describe, expect, test } from "vitest";
import { drawMember } from "@/lib/transport/ensemble-member";
import { metField, surfaceFields } from "@/lib/transport/met-field";
import { metPair } from "@/lib/transport/met-pair";
import { fireOfMember, pairOfMember, windOfMember } from "@/lib/transport/perturb-member";
import { surfaceAt } from "@/lib/transport/surface-at";
import { WindProbe } from "@/lib/transport/wind-probe";
import { analyticFrame } from "@/test/fixtures/analytic-frame";

const many = Array.from({ length: 2000 }, (_, at) => drawMember(7, at + 1, 0.58));
const meanOf = (of: (member: (typeof many)[number]) => number) =>
  many.reduce((sum, member) => sum + of(member), 0) / many.length;

describe("a member", () => {
  test("is the same however often it is drawn, and another for another seed or number", () => {
    expect(drawMember(7, 3, 0.58)).toEqual(many[2]);
    expect(drawMember(8, 3, 0.58).eastM).not.toBe(many[2]?.eastM);
    expect(new Set(many.map(({ seed }) => seed)).size).toBeGreaterThan(1990);
  });

  test("stays within the bounds of its perturbations", () => {
    const inside = (of: (member: (typeof many)[number]) => number, low: number, high: number) =>
      many.every((member) => of(member) >= low && of(member) <= high);
    expect(inside(({ startShiftSeconds }) => startShiftSeconds, -3600, 3600)).toBe(true);
    expect(inside(({ northM }) => northM, -250, 250)).toBe(true);
    expect(inside(({ windEastCells }) => windEastCells, -1, 1)).toBe(true);
    expect(inside(({ windSpeedFactor }) => windSpeedFactor, 0.9, 1.1)).toBe(true);
    expect(inside(({ riseM }) => riseM, -500, 500)).toBe(true);
    expect(inside(({ layerTopFactor }) => layerTopFactor, 0.7, 1.4)).toBe(true);
  });

  test("emits the mean on the average, with the variation asked for", () => {
    // Four standard errors of the mean and the variance of a log-normal of variation 0.58.
    expect(Math.abs(meanOf(({ emissionFactor }) => emissionFactor) - 1)).toBeLessThan((4 * 0.58) / Math.sqrt(2000));
    expect(Math.sqrt(meanOf(({ emissionFactor }) => (emissionFactor - 1) ** 2))).toBeCloseTo(0.58, 1);
  });
});

describe("the weather of a member", () => {
  const frame = analyticFrame({ wind: (x) => [x / 4000, 0, 0], layerTopM: 1000 });
  const field = metField(frame);
  const pair = metPair(field, field, { fromSeconds: 0, toSeconds: 3600 });
  const [drawn = drawMember(7, 1, 0.58)] = many;
  const member = { ...drawn, windEastCells: 0.5, windNorthCells: 0, layerTopFactor: 1.3 };

  test("lies half a cell further east, under a higher boundary layer", () => {
    const probe = new WindProbe();
    const own = pairOfMember(pair, member);
    Object.assign(probe, { x: 22_000, y: 20_000, z: 300, share: 0.5 });
    probe.samplePair(own.before, own.after);
    expect(probe.u).toBeCloseTo(20_000 / 4000, 5);
    expect(surfaceAt(own.after, 22_000, 20_000, surfaceFields.layerTop)).toBeCloseTo(1300, 3);
    expect(surfaceAt(pair.after, 22_000, 20_000, surfaceFields.layerTop)).toBeCloseTo(1000, 3);
    expect(own.xMax - pair.xMax).toBeCloseTo(2000, 6);
  });

  test("blows turned and faster by the same two numbers everywhere", () => {
    const { along, across } = windOfMember({ ...member, windSpeedFactor: 1.1, windTurnRadians: 0.15 });
    expect(along).toBeCloseTo(1.1 * Math.cos(0.15), 12);
    expect(across).toBeCloseTo(1.1 * Math.sin(0.15), 12);
  });
});

test("the fire of a member begins no earlier than the weather", () => {
  const fire = {
    ...{ x: 0, y: 0, emittedKg: 100, durationSeconds: 3600, radiativePowerWatts: 1e6, flamingShare: 0.5 },
    ground: { kind: "line", points: [[0, 0] as const, [100, 0] as const] },
    profile: "constant",
  } as const;
  const [drawn = drawMember(7, 1, 0.58)] = many;
  const member = { ...drawn, startShiftSeconds: -1800, eastM: 10, northM: -20, emissionFactor: 2 };
  expect(fireOfMember(fire, member, -3600)).toMatchObject({ startSeconds: -1800, emittedKg: 200, x: 10, y: -20 });
  expect(fireOfMember(fire, member, 0).startSeconds).toBe(0);
  expect(fireOfMember(fire, member, 0).ground).toMatchObject({
    points: [
      [10, -20],
      [110, -20],
    ],
  });
});
