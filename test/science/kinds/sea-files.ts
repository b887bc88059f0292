import { bilinear } from "@/lib/geo/bilinear";
import { levelHeight } from "@/lib/geo/s-coordinate";
import { currentBetweenFaces, currentInCell } from "@/lib/transport/c-grid-current";
import { pathStep } from "@/lib/transport/follow-path";
import type { Answer } from "@/test/science/answer";
import type { Given } from "@/test/science/given";
import { type RomsFile, romsFile } from "@/test/science/roms-file";

type CurrentRule = typeof currentInCell;

/** Values and tracks in real ROMS files. */
export const seaFileKinds: Readonly<Record<string, Answer>> = {
  "roms-trajectory": async (given, { dataPath }) => track(await romsFile(dataPath(given.text("file"))), given),
  "roms-sample": async (given, { dataPath }) => sample(await romsFile(dataPath(given.text("file"))), given),
};

function track(file: RomsFile, given: Given) {
  const { grid, map } = file;
  const beaches = given.text("rule") === "bilinear_with_beaching";
  const flow = flowOf(file, beaches ? currentBetweenFaces : currentInCell);
  const start = given.number("start_s_after_first_frame");
  const dt = given.number("dt_s");
  const last = file.seconds.at(-1) ?? 0;
  let place: readonly number[] = startOf(file, given);
  let seconds = start;
  let status: { readonly name: "active" | "beached" | "left"; readonly at: number | null } = {
    name: "active",
    at: null,
  };
  const hours = given.numbers("hours").map((hour) => {
    const target = Math.min(start + hour * 3600, last);
    while (status.name === "active" && seconds < target) {
      const next = file.seconds.find((time) => time > seconds) ?? last;
      const end = Math.min(seconds + dt, target, next);
      place = pathStep(flow, place, { scheme: "rk4", seconds, dt: end - seconds });
      seconds = end;
      const [i = 0, j = 0] = place;
      if (i < 0.5 || j < 0.5 || i > grid.nXi - 1.5 || j > grid.nEta - 1.5) status = { name: "left", at: end };
      else if (beaches && grid.mask[Math.round(j) * grid.nXi + Math.round(i)] === 0)
        status = { name: "beached", at: end };
    }
    return status.name === "left" ? null : map.toLonLat(place[0] ?? 0, place[1] ?? 0);
  });
  return { status: status.name, status_s_after_first_frame: status.at, hours };
}

/** Current of the uppermost level in indices per second, linear in time between the frames around. */
function flowOf({ grid, frames, seconds }: RomsFile, rule: CurrentRule) {
  const { nXi, nEta } = grid;
  const level = grid.s.length - 1;
  const surfaces = frames.map(({ uWest, vSouth }) => ({
    nXi,
    nEta,
    uWest: uWest.subarray(level * nEta * (nXi + 1), (level + 1) * nEta * (nXi + 1)),
    vSouth: vSouth.subarray(level * (nEta + 1) * nXi, (level + 1) * (nEta + 1) * nXi),
  }));
  return ([xi = 0, eta = 0]: readonly number[], at: number) => {
    const { k, share } = between(seconds, at);
    const [before, after] = [surfaces[k], surfaces[k + 1]];
    if (before === undefined || after === undefined) return [0, 0];
    const [u0, v0] = rule(before, xi, eta);
    const [u1, v1] = rule(after, xi, eta);
    const metric = (values: Float64Array) => bilinear({ values, columns: nXi, rows: nEta }, xi, eta);
    return [(u0 + share * (u1 - u0)) * metric(grid.pm), (v0 + share * (v1 - v0)) * metric(grid.pn)];
  };
}

function sample(file: RomsFile, given: Given) {
  const { grid, map } = file;
  const place = map.toIndex(given.number("lon"), given.number("lat"));
  if (place === null) throw new Error("the place lies outside the grid");
  const { i, j } = place;
  const at = (values: ArrayLike<number>) => bilinear({ values, columns: grid.nXi, rows: grid.nEta }, i, j);
  const { k, share } = between(file.seconds, given.number("s_after_first_frame"));
  const [before, after] = [file.frames[k], file.frames[k + 1]];
  if (before === undefined || after === undefined) throw new Error("the time lies outside the file");
  const h = at(grid.h);
  const zeta = (1 - share) * at(before.zeta) + share * at(after.zeta);
  const heights = [...grid.s].map((s, n) => levelHeight(grid.stretching, { s, c: grid.c[n] ?? 0 }, { h, zeta }));
  const mean = (rule: CurrentRule) =>
    atHeight(heights, zeta - given.number("depth_below_surface_m"), (level) => {
      const [u0, v0] = rule(levelOf(file, before, level), i, j);
      const [u1, v1] = rule(levelOf(file, after, level), i, j);
      return [(1 - share) * u0 + share * u1, (1 - share) * v0 + share * v1];
    });
  const [u, v] = mean(currentBetweenFaces);
  const [cgridU, cgridV] = mean(currentInCell);
  const angle = at(grid.angle);
  return {
    i,
    j,
    h_m: h,
    zeta_m: zeta,
    z_rho_first_middle_last_m: [heights[0], heights[Math.floor(heights.length / 2)], heights.at(-1)],
    angle_rad: angle,
    speed_ms: Math.hypot(u, v),
    bilinear: {
      u_xi_ms: u,
      v_eta_ms: v,
      east_ms: u * Math.cos(angle) - v * Math.sin(angle),
      north_ms: u * Math.sin(angle) + v * Math.cos(angle),
    },
    cgrid: { u_xi_ms: cgridU, v_eta_ms: cgridV },
  };
}

function levelOf({ grid: { nXi, nEta } }: RomsFile, frame: RomsFile["frames"][number], level: number) {
  return {
    nXi,
    nEta,
    uWest: frame.uWest.subarray(level * nEta * (nXi + 1), (level + 1) * nEta * (nXi + 1)),
    vSouth: frame.vSouth.subarray(level * (nEta + 1) * nXi, (level + 1) * (nEta + 1) * nXi),
  };
}

/** Linear between levels; the uppermost and lowest hold beyond. */
function atHeight(
  heights: readonly number[],
  z: number,
  value: (level: number) => readonly [number, number],
): readonly [number, number] {
  const upper = heights.findIndex((height) => height > z);
  if (upper === 0) return value(0);
  if (upper < 0) return value(heights.length - 1);
  const [low = 0, high = 0] = [heights[upper - 1], heights[upper]];
  const share = (z - low) / (high - low);
  const [u0, v0] = value(upper - 1);
  const [u1, v1] = value(upper);
  return [u0 + share * (u1 - u0), v0 + share * (v1 - v0)];
}

function startOf({ map }: RomsFile, given: Given): readonly number[] {
  const place = map.toIndex(given.number("start_lon"), given.number("start_lat"));
  if (place === null) throw new Error("the start lies outside the grid");
  return [place.i, place.j];
}

function between(seconds: readonly number[], at: number): { readonly k: number; readonly share: number } {
  const found = seconds.findLastIndex((time) => time <= at);
  const k = Math.min(Math.max(found, 0), seconds.length - 2);
  const [from = 0, to = 1] = [seconds[k], seconds[k + 1]];
  return { k, share: (at - from) / (to - from) };
}
