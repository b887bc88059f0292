import { bilinear } from "@/lib/geo/bilinear";
import { locate, lonLatOf } from "@/lib/geo/locate";
import { projectionOf } from "@/lib/geo/projection";
import { surfaceFields } from "@/lib/transport/met-field";
import { surfaceAt } from "@/lib/transport/surface-at";
import { WindProbe } from "@/lib/transport/wind-probe";
import type { Answer } from "@/test/science/answer";
import type { Given } from "@/test/science/given";
import { track3d, track10m } from "@/test/science/kinds/weather-tracks";
import { type WrfFile, wrfFile } from "@/test/science/wrf-file";

/** Values and tracks in real WRF files. */
export const weatherFileKinds: Readonly<Record<string, Answer>> = {
  "wrf-trajectory-3d": async (given, { dataPath }) => track3d(await wrfFile(dataPath(given.text("file"))), given),
  "wrf-trajectory-10m": async (given, { dataPath }) => track10m(await wrfFile(dataPath(given.text("file"))), given),
  "wrf-sample": async (given, { dataPath }) => sample(await wrfFile(dataPath(given.text("file"))), given),
  "wrf-node": async (given, { dataPath }) => node(await wrfFile(dataPath(given.text("file"))), given),
};

function sample(file: WrfFile, given: Given) {
  const { frame, field } = frameOf(file, given);
  const { i, j } = locate(frame.grid, given.number("lon"), given.number("lat"));
  const x = frame.grid.x0 + i * frame.grid.dX;
  const y = frame.grid.y0 + j * frame.grid.dY;
  const probe = new WindProbe();
  Object.assign(probe, { x, y, z: given.number("m_agl") });
  probe.sample(field);
  const [columns, rows] = [frame.window.nX, frame.window.nY];
  const level = (heights: Float32Array) => (_: unknown, k: number) =>
    bilinear({ values: heights.subarray(k * columns * rows, (k + 1) * columns * rows), columns, rows }, i, j);
  return {
    grid_i: i,
    grid_j: j,
    u_ms: probe.u,
    v_ms: probe.v,
    w_ms: probe.w,
    speed_ms: Math.hypot(probe.u, probe.v),
    u10_ms: surfaceAt(field, x, y, surfaceFields.u10),
    v10_ms: surfaceAt(field, x, y, surfaceFields.v10),
    map_factor: projectionOf(frame.grid.projection).mapFactor(given.number("lat")),
    mass_levels_m_agl: Array.from({ length: frame.nZ }, level(frame.heightMassM)),
    w_levels_m_agl: Array.from({ length: frame.nZ + 1 }, level(frame.heightWM)),
  };
}

/** Values destaggered to a mass point, winds turned to north. */
function node(file: WrfFile, given: Given) {
  const { frame } = frameOf(file, given);
  const { nX, nY } = frame.window;
  const [k, j, i] = [given.number("k"), given.number("j"), given.number("i")];
  const { lon, lat } = lonLatOf(frame.grid, i, j);
  const column = j * nX + i;
  const level = k * nX * nY + column;
  const west = (k * nY + j) * (nX + 1) + i;
  const south = (k * (nY + 1) + j) * nX + i;
  const angle = (projectionOf(frame.grid.projection).convergenceDeg(lon) * Math.PI) / 180;
  const toEarth = (u: number, v: number) =>
    [u * Math.cos(angle) + v * Math.sin(angle), v * Math.cos(angle) - u * Math.sin(angle)] as const;
  const mean = (values: Float32Array, a: number, b: number) => ((values[a] ?? 0) + (values[b] ?? 0)) / 2;
  const [ua, va] = toEarth(mean(frame.u, west, west + 1), mean(frame.v, south, south + nX));
  const [u10, v10] = toEarth(frame.u10[column] ?? 0, frame.v10[column] ?? 0);
  return {
    lat,
    lon,
    z_m_msl: (frame.heightMassM[level] ?? 0) + (frame.terrainHeightM[column] ?? 0),
    ua_ms: ua,
    va_ms: va,
    wa_ms: mean(frame.w, level, level + nX * nY),
    u10_ms: u10,
    v10_ms: v10,
  };
}

function frameOf(file: WrfFile, given: Given) {
  const [frame, field] = [file.frames[given.number("frame")], file.fields[given.number("frame")]];
  if (frame === undefined || field === undefined) throw new Error(`the file has ${file.frames.length} frames`);
  return { frame, field };
}
