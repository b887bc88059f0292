import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import type { WrfFrame } from "@/lib/formats/wrf/frame";
import { frameWindow } from "@/lib/formats/wrf/frame-window";
import { readFrame } from "@/lib/formats/wrf/read-frame";
import { readInventory } from "@/lib/formats/wrf/read-inventory";
import { locate, lonLatOf } from "@/lib/geo/locate";
import { AirMotion } from "@/lib/transport/air-motion";
import { metField } from "@/lib/transport/met-field";
import { metPair } from "@/lib/transport/met-pair";
import { RandomStream } from "@/lib/transport/random-stream";
import { WindProbe } from "@/lib/transport/wind-probe";
import { openDataset } from "@/server/formats/open-dataset";
import { isAbsent, reference } from "@/test/fixtures/reference";

type Check = { path: string; expect: unknown; abs?: number; rel?: number };
type Case = { id: string; kind: string; given: Record<string, number & string>; checks: readonly Check[] };
type Place = { readonly lat: number; readonly lon: number; readonly m_agl: number };

const skip = isAbsent("science/trajectories.json") || isAbsent("data/wrf/katrina_d01_mercator.nc");
const cases: readonly Case[] = skip
  ? []
  : JSON.parse(await readFile(reference("science/trajectories.json"), "utf8")).cases;
const tracks = cases.filter((one) => one.kind === "wrf-trajectory-3d");
const samples = cases.filter((one) => one.kind === "wrf-sample");
const frames: WrfFrame[] = [];
const frameTimes: number[] = [];

beforeAll(async () => {
  if (skip) return;
  const path = reference("data/wrf/katrina_d01_mercator.nc");
  const file = { path, sizeBytes: 0, sha256: null };
  const { frames: entries } = await readInventory([{ file, open: () => openDataset(path) }], "file");
  const dataset = await openDataset(path);
  for (const entry of entries) {
    frames.push(await readFrame(dataset, entry, frameWindow(entry.grid)));
    frameTimes.push((Date.parse(entry.validAtUtc) - Date.parse(entries[0]?.validAtUtc ?? "")) / 1000);
  }
  await dataset.close();
});

describe.skipIf(skip)("tracks in the moving nest of a real WRF file (science/trajectories.json)", () => {
  test.each(tracks.map((one) => [one.id, one] as const))("%s passes every place within its tolerance", (_id, one) => {
    const { places, exitSeconds } = follow(one);
    for (const check of one.checks) {
      const [head = "", hour = "", leaf] = check.path.split(".");
      if (head === "exit_s_after_first_frame") expectExit(check, exitSeconds);
      else if (check.expect === null) expect(places[Number(hour)], check.path).toBeNull();
      else if (leaf === "m_agl") expectNear(places[Number(hour)]?.m_agl, check);
      else expect(metresBetween(places[Number(hour)], check.expect), check.path).toBeLessThan(check.abs ?? 0);
    }
  });

  test.each(samples.map((one) => [one.id, one] as const))("%s interpolates wind and index", (_id, one) => {
    const frame = frames[one.given.frame ?? 0];
    if (frame === undefined) throw new Error("the file has four frames");
    const { i, j } = locate(frame.grid, one.given.lon ?? 0, one.given.lat ?? 0);
    const probe = new WindProbe();
    Object.assign(probe, {
      x: frame.grid.x0 + i * frame.grid.dX,
      y: frame.grid.y0 + j * frame.grid.dY,
      z: one.given.m_agl,
    });
    probe.sample(metField(frame));
    const got: Record<string, number> = {
      grid_i: i,
      grid_j: j,
      u_ms: probe.u,
      v_ms: probe.v,
      w_ms: probe.w,
      speed_ms: Math.hypot(probe.u, probe.v),
    };
    const compared = one.checks.filter((check) => check.path in got);
    expect(compared).toHaveLength(6);
    for (const check of compared) expectNear(got[check.path], check);
  });
});

/** Follows one particle with the mean wind in steps of 60 s that never straddle a frame. */
function follow({ given }: Case): { places: (Place | null)[]; exitSeconds: number | null } {
  const fields = frames.map(metField);
  const [grid] = frames.map((frame) => frame.grid);
  if (grid === undefined) throw new Error("no frames");
  const start = given.start_s_after_first_frame ?? 0;
  const { i, j } = locate(grid, given.start_lon ?? 0, given.start_lat ?? 0);
  const motion = new AirMotion(new RandomStream(1, 1), { turbulent: false });
  Object.assign(motion, { x: grid.x0 + i * grid.dX, y: grid.y0 + j * grid.dY, z: given.start_m_agl ?? 0 });
  const hours: readonly number[] = Object(given).hours;
  const places: (Place | null)[] = [];
  let exitSeconds: number | null = null;
  const end = Math.min(start + Math.max(...hours) * 3600, frameTimes.at(-1) ?? 0);
  for (let seconds = start; seconds <= end; seconds += 60) {
    if ((seconds - start) % 3600 === 0) {
      const { lon, lat } = lonLatOf(grid, (motion.x - grid.x0) / grid.dX, (motion.y - grid.y0) / grid.dY);
      places.push(exitSeconds === null ? { lat, lon, m_agl: motion.z } : null);
    }
    const k = frameTimes.findLastIndex((time) => time <= seconds);
    const [before, after] = [fields[k], fields[k + 1]];
    if (exitSeconds !== null || before === undefined || after === undefined) continue;
    const pair = metPair(before, after, { fromSeconds: frameTimes[k] ?? 0, toSeconds: frameTimes[k + 1] ?? 0 });
    const isInside = motion.x >= pair.xMin && motion.x <= pair.xMax && motion.y >= pair.yMin && motion.y <= pair.yMax;
    if (isInside) motion.advance(pair, seconds, seconds + 60);
    if (!isInside || motion.outside) exitSeconds = seconds;
  }
  return { places, exitSeconds };
}

function expectExit(check: Check, seconds: number | null): void {
  if (check.expect === null) expect(seconds, check.path).toBeNull();
  else expectNear(seconds ?? undefined, check);
}

function expectNear(got: number | undefined, check: Check): void {
  const want = Number(check.expect);
  const allowed = (check.abs ?? 0) + (check.rel ?? 0) * Math.abs(want);
  expect(Math.abs((got ?? Number.NaN) - want), `${check.path}: ${got} for ${want}`).toBeLessThanOrEqual(allowed);
}

/** Great-circle distance on 6 371 000 m. */
function metresBetween(place: Place | null | undefined, want: unknown): number {
  const [lat = 0, lon = 0]: number[] = Array.isArray(want) ? want : [];
  if (place === null || place === undefined) return Number.NaN;
  const rad = Math.PI / 180;
  const north = Math.sin(((place.lat - lat) * rad) / 2);
  const east = Math.sin(((place.lon - lon) * rad) / 2);
  const chord = north * north + Math.cos(lat * rad) * Math.cos(place.lat * rad) * east * east;
  return 2 * 6_371_000 * Math.asin(Math.sqrt(chord));
}
