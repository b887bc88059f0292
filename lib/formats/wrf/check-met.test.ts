import { describe, expect, test } from "vitest";
import { isNereusError } from "@/lib/errors";
import { checkMet, type MetRequest } from "@/lib/formats/wrf/check-met";
import type { MetFrame, MetInventory } from "@/lib/formats/wrf/inventory";
import { lonLatOf } from "@/lib/geo/locate";

describe("a request against hourly weather from 00 to 06", () => {
  const met = anInventory([0, 1, 2, 3, 4, 5, 6]);

  test("gets the frames around its start and end and their files only", () => {
    const checked = checkMet(met, aRequest({ startUtc: "2026-07-01T01:30:00Z", hours: 2 }));
    expect(checked.met.frames.map((frame) => frame.validAtUtc.slice(11, 13))).toEqual(["01", "02", "03", "04"]);
    expect(checked.met.files.map((file) => file.path)).toEqual(["/met/1.nc", "/met/2.nc", "/met/3.nc", "/met/4.nc"]);
    expect(checked.met.frames.map((frame) => frame.file)).toEqual([0, 1, 2, 3]);
    expect(checked).toMatchObject({ coverageUntilUtc: null, labels: [] });
  });

  test("that ends at a frame reads nothing after it", () => {
    const checked = checkMet(met, aRequest({ startUtc: "2026-07-01T02:00:00Z", hours: 2 }));
    expect(checked.met.frames).toHaveLength(3);
  });

  test("that goes on after the last frame is shortened to it", () => {
    const checked = checkMet(met, aRequest({ startUtc: "2026-07-01T04:00:00Z", hours: 24 }));
    expect(checked.coverageUntilUtc).toBe("2026-07-01T06:00:00.000Z");
    expect(checked.met.frames).toHaveLength(3);
  });

  test.each(["2026-06-30T23:59:59Z", "2026-07-01T06:00:00Z", "2026-07-02T00:00:00Z"])(
    "that starts at %s is refused",
    (startUtc) => {
      expect(codeOf(() => checkMet(met, aRequest({ startUtc })))).toBe("start-outside-times");
    },
  );

  test("outside the mass points is refused with the bounds of the domain", () => {
    expect(codeOf(() => checkMet(met, aRequest({ lat: 50 })))).toBe("point-outside-domain");
    const { lon, lat } = lonLatOf(aFrame(0, 0).grid, 19.4, 5);
    expect(codeOf(() => checkMet(met, aRequest({ lon, lat })))).toBe("point-outside-domain");
  });
});

test("a gap of three hours is bridged and labelled, a longer one refused, one that is not needed ignored", () => {
  const request = aRequest({ startUtc: "2026-07-01T00:00:00Z", hours: 3 });
  expect(checkMet(anInventory([0, 3]), request).labels.map((label) => label.code)).toEqual(["gap"]);
  expect(codeOf(() => checkMet(anInventory([0, 4]), request))).toBe("met-gap-too-long");
  expect(checkMet(anInventory([0, 1, 2, 3, 9]), request).labels).toEqual([]);
});

test("a place that a moving nest has left by the second frame is refused", () => {
  const moved = anInventory([0, 1]);
  const [first, second] = moved.frames;
  if (first === undefined || second === undefined) throw new Error("two frames were made");
  const away = { ...second, grid: { ...second.grid, x0: second.grid.x0 + 1e6 } };
  expect(codeOf(() => checkMet({ ...moved, frames: [first, away] }, aRequest({})))).toBe("point-outside-domain");
});

test("what the weather lacks is said, and no weather at all is refused", () => {
  const checked = checkMet({ ...anInventory([0, 1]), derived: ["PBLH", "HFX"] }, aRequest({}));
  expect(checked.labels.map((label) => label.code)).toEqual(["pblh-derived", "hfx-neutral"]);
  expect(codeOf(() => checkMet(anInventory([]), aRequest({})))).toBe("met-none-yet");
});

function codeOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (isNereusError(error)) return error.code;
    throw error;
  }
  return "accepted";
}

function aRequest(over: Partial<MetRequest>): MetRequest {
  return { lat: 40.85, lon: 14.27, startUtc: "2026-07-01T00:00:00Z", hours: 1, ...over };
}

function anInventory(hours: readonly number[]): MetInventory {
  const files = hours.map((hour) => ({ path: `/met/${hour}.nc`, sizeBytes: 1, sha256: null }));
  const frames = hours.map(aFrame);
  return { source: "test", files, frames, derived: [], demonstration: false, runId: null };
}

/** 20 x 20 cells of 10 km around Naples. */
function aFrame(hour: number, file: number): MetFrame {
  const projection = {
    name: "lambert",
    trueLat1: 40,
    trueLat2: 42,
    standLon: 14.27,
    lat0: 40.85,
    radiusM: 6_370_000,
  } as const;
  const grid = {
    kind: "projected",
    nX: 20,
    nY: 20,
    projection,
    x0: -95_000,
    y0: -95_000,
    dX: 10_000,
    dY: 10_000,
  } as const;
  const validAtUtc = `2026-07-01T${String(hour).padStart(2, "0")}:00:00Z`;
  return { validAtUtc, file, record: 0, grid, bounds: { south: 40, north: 41.7, west: 13.1, east: 15.4 } };
}
