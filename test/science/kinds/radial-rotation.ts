import { bilinear } from "@/lib/geo/bilinear";
import { type Flow, followPath } from "@/lib/transport/follow-path";
import type { Answer } from "@/test/science/answer";
import type { Given } from "@/test/science/given";

/** Clockwise rotation stored in single precision on a flat mesh. */
export const radialRotation: Answer = (given) => {
  const flow = storedRotation(given);
  const follow = (start: readonly number[]) =>
    followPath(flow, start, {
      scheme: "rk4",
      fromSeconds: 0,
      toSeconds: given.number("run_s"),
      stepSeconds: given.number("dt_s"),
    });
  const [x, y] = follow(given.numbers("start"));
  return { x, y, centre_particle_end: follow(given.numbers("centre")) };
};

function storedRotation(given: Given): Flow {
  const rate = (2 * Math.PI) / given.number("period_s");
  const [low = 0, high = 0] = given.numbers("domain");
  const [columns = 0, rows = 0] = given.numbers("nodes");
  const [xc = 0, yc = 0] = given.numbers("centre");
  const node = (at: number, count: number) => Math.fround(low + ((high - low) * at) / (count - 1));
  const u = Float32Array.from(
    { length: columns * rows },
    (_, at) => rate * (node(Math.floor(at / columns), rows) - yc),
  );
  const v = Float32Array.from({ length: columns * rows }, (_, at) => -rate * (node(at % columns, columns) - xc));
  return ([x = 0, y = 0]) => {
    const i = ((x - low) / (high - low)) * (columns - 1);
    const j = ((y - low) / (high - low)) * (rows - 1);
    return [bilinear({ values: u, columns, rows }, i, j), bilinear({ values: v, columns, rows }, i, j)];
  };
}
