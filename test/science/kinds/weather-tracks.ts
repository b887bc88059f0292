import type { ProjectedGrid } from "@/lib/geo/grid";
import { locate, lonLatOf } from "@/lib/geo/locate";
import { projectionOf } from "@/lib/geo/projection";
import { AirMotion } from "@/lib/transport/air-motion";
import { pathStep } from "@/lib/transport/follow-path";
import { surfaceFields } from "@/lib/transport/met-field";
import type { MetPair } from "@/lib/transport/met-pair";
import { RandomStream } from "@/lib/transport/random-stream";
import { surfaceAt } from "@/lib/transport/surface-at";
import type { Given } from "@/test/science/given";
import type { WrfFile } from "@/test/science/wrf-file";

type Place = { readonly lat: number; readonly lon: number; readonly m_agl?: number };
/** One step on the plane of the projection; null once outside. */
type Mover = { step(pair: MetPair, from: number, to: number): boolean; readonly x: number; readonly y: number };

/** Track of the mean wind in three dimensions, with the model's own motion. */
export function track3d(file: WrfFile, given: Given) {
  const { grid, x, y } = startOf(file, given);
  const motion = new AirMotion(new RandomStream(1, 1), { turbulent: false });
  Object.assign(motion, { x, y, z: given.number("start_m_agl") });
  const mover = {
    step: (pair: MetPair, from: number, to: number) => {
      motion.advance(pair, from, to);
      return !motion.outside;
    },
    get x() {
      return motion.x;
    },
    get y() {
      return motion.y;
    },
  };
  return track(file, given, { mover, place: () => ({ ...placeOf(grid, motion.x, motion.y), m_agl: motion.z }) });
}

/** Track of the wind at 10 m. */
export function track10m(file: WrfFile, given: Given) {
  const { grid, x, y } = startOf(file, given);
  const plane = projectionOf(grid.projection);
  const mover = {
    x,
    y,
    step(pair: MetPair, from: number, to: number) {
      const flow = ([px = 0, py = 0]: readonly number[], seconds: number) => {
        const share = (seconds - pair.fromSeconds) / (pair.toSeconds - pair.fromSeconds);
        const factor = plane.mapFactor(plane.toLonLat(px, py).lat);
        return [surfaceFields.u10, surfaceFields.v10].map((offset) => {
          const before = surfaceAt(pair.before, px, py, offset);
          return factor * (before + share * (surfaceAt(pair.after, px, py, offset) - before));
        });
      };
      const moved = pathStep(flow, [this.x, this.y], { scheme: "rk4", seconds: from, dt: to - from });
      [this.x = 0, this.y = 0] = moved;
      return isInside(pair, this.x, this.y);
    },
  };
  return track(file, given, { mover, place: () => placeOf(grid, mover.x, mover.y) });
}

/** Steps that never straddle a frame; places at the given hours after the start, null after the exit. */
function track(file: WrfFile, given: Given, { mover, place }: { mover: Mover; place: () => Place }) {
  const start = given.number("start_s_after_first_frame");
  const dt = given.number("dt_s");
  const last = file.seconds.at(-1) ?? 0;
  const places: (Place | null)[] = [];
  let seconds = start;
  let exit: number | null = null;
  for (const hour of given.numbers("hours")) {
    const target = start + hour * 3600;
    while (exit === null && seconds < target && seconds < last) {
      const k = file.seconds.findLastIndex((time) => time <= seconds);
      const pair = file.pairs[k];
      const end = Math.min(seconds + dt, target, pair?.toSeconds ?? last);
      if (pair === undefined || !isInside(pair, mover.x, mover.y)) exit = seconds;
      else if (!mover.step(pair, seconds, end)) exit = end;
      seconds = end;
    }
    places.push(exit === null && seconds >= target ? place() : null);
  }
  return { hours: places, exit_s_after_first_frame: exit };
}

function startOf({ frames }: WrfFile, given: Given) {
  const [frame] = frames;
  if (frame === undefined) throw new Error("the file has no frames");
  const { grid } = frame;
  const { i, j } = locate(grid, given.number("start_lon"), given.number("start_lat"));
  return { grid, x: grid.x0 + i * grid.dX, y: grid.y0 + j * grid.dY };
}

function placeOf(grid: ProjectedGrid, x: number, y: number): Place {
  const { lon, lat } = lonLatOf(grid, (x - grid.x0) / grid.dX, (y - grid.y0) / grid.dY);
  return { lat, lon };
}

function isInside(pair: MetPair, x: number, y: number): boolean {
  return x >= pair.xMin && x <= pair.xMax && y >= pair.yMin && y <= pair.yMax;
}
