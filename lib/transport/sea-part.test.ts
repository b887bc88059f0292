import { describe, expect, test } from "vitest";
import { SeaPart } from "@/lib/transport/sea-part";
import { quantumOf, type SeaSetup } from "@/lib/transport/sea-setup";
import { joinTallies, ledgerPlaces, type SeaTally } from "@/lib/transport/sea-tally";
import { aSeaPair, aSeaSetup } from "@/test/fixtures/a-sea-setup";

const pair = aSeaPair();
const decay = { darkPerSecond: 2e-5, lightPerSecond: 1e-4 };

/** All hours of a run in a number of parts. */
function hoursOf(setup: SeaSetup, parts: number): readonly SeaTally[] {
  const own = Array.from({ length: parts }, (_, part) => new SeaPart(setup, { part, parts }));
  const stepsPerHour = 3600 / setup.stepSeconds;
  return Array.from({ length: setup.hours }, (_, hour) => {
    for (const part of own)
      for (let step = 0; step < stepsPerHour; step += setup.stepsPerSample)
        part.advance(pair, hour * stepsPerHour + step, decay);
    return joinTallies(own.map((part) => part.takeHour(pair)));
  });
}

describe("a run of bacteria", () => {
  test("is the same to the last bit in one part, two and five", () => {
    const [one, two, five] = [1, 2, 5].map((parts) => hoursOf(aSeaSetup(), parts));
    expect(two).toEqual(one);
    expect(five).toEqual(one);
  });

  test("keeps its balance of bacteria to 1e-9, who leaves and who grows too weak included", () => {
    const loadPerSecond = Array.from({ length: 10 }, () => 1e8);
    const source = (x: number) => ({ x, y: 10, sigma: -0.1, loadPerSecond, overflowShare: [] });
    const setup = aSeaSetup({ hours: 10, sources: [source(38), source(10)] });
    const strong = { darkPerSecond: 6e-4, lightPerSecond: 0 };
    const part = new SeaPart(setup, { part: 0, parts: 1 });
    for (let step = 0; step < 120; step += 1) part.advance(pair, step, strong);
    const { ledger } = part.takeHour(pair);
    const at = (place: keyof typeof ledgerPlaces) => ledger[ledgerPlaces[place]] ?? 0;
    expect(at("emitted") * quantumOf(setup)).toBeCloseTo(2e8 * 36_000, -4);
    for (const place of ["active", "decayed", "left", "culled"] as const) expect(at(place)).toBeGreaterThan(0);
    const sum = at("active") + at("decayed") + at("left") + at("culled");
    expect(Math.abs(sum / at("emitted") - 1)).toBeLessThan(1e-9);
  });

  test("tells what each source and the overflow brought to a farm, and how old it is", () => {
    const sources = aSeaSetup().sources.map((source, n) => ({ ...source, overflowShare: n === 0 ? [0.4] : [] }));
    const setup = aSeaSetup({ sources, hours: 7 });
    const tallies = hoursOf(setup, 1);
    const sumOf = (place: number) =>
      [0, 1, 2].map((kind) => tallies.reduce((sum, { fromSource }) => sum + (fromSource[place * 3 + kind] ?? 0), 0));
    // Layer 1-5 m of the only farm: sources 0 and 1.
    const [all = 0, overflow = 0, age = 0] = sumOf(2);
    const [weak = 0, none = 0] = sumOf(3);
    expect(all).toBeGreaterThan(1000 * weak * 0.1);
    expect(overflow).toBeGreaterThan(0);
    expect(overflow).toBeLessThan(all / 2);
    expect([weak > 0, none]).toEqual([true, 0]);
    expect((age * 1024) / all / 12).toBeGreaterThan(0.2);
    const inLayers = tallies.reduce((sum, { farms }) => sum + (farms[1] ?? 0), 0);
    expect(inLayers).toBe(all + weak);
  });

  test("a shorter step with as many samples gives off the same", () => {
    const emitted = (setup: SeaSetup) => hoursOf(setup, 1).at(-1)?.ledger[ledgerPlaces.emitted];
    expect(emitted(aSeaSetup({ stepSeconds: 60, stepsPerSample: 5 }))).toBe(emitted(aSeaSetup()));
  });
});
