import { currentInCell, maskFaces } from "@/lib/transport/c-grid-current";
import { followPath } from "@/lib/transport/follow-path";
import type { Answer } from "@/test/science/answer";
import type { Given } from "@/test/science/given";

/** A uniform current along a masked coast and against a masked cell: nobody may enter land. */
export const maskedChannel: Answer = (given) => {
  const [nXi, nEta, cellM] = [given.number("cells_x"), given.number("cells_y"), given.number("cell_m")];
  const mask = new Uint8Array(nXi * nEta).fill(1).fill(0, 0, given.number("land_rows_below") * nXi);
  for (const [i = 0, j = 0] of given.points("land_cells_i_j")) mask[j * nXi + i] = 0;
  const uWest = new Float64Array((nXi + 1) * nEta).fill(given.number("u_open_faces_ms"));
  const vSouth = new Float64Array(nXi * (nEta + 1)).fill(given.number("v_ms"));
  maskFaces({ nXi, nEta }, mask, { uWest, vSouth });
  const current = { nXi, nEta, uWest, vSouth };
  const follow = ([x, y]: readonly [number, number]) =>
    followPath(([xi = 0, eta = 0]) => currentInCell(current, xi, eta).map((speed) => speed / cellM), toIndex([x, y]), {
      scheme: "rk4",
      fromSeconds: 0,
      toSeconds: given.number("steps") * given.number("dt_s"),
      stepSeconds: given.number("dt_s"),
    }).map((index) => (index + 0.5) * cellM);
  const toIndex = (place: readonly number[]) => place.map((metres) => metres / cellM - 0.5);
  const starts = [startsOf(given.part("group_1")), startsOf(given.part("group_2"))] as const;
  const ends = [starts[0].map(follow), starts[1].map(follow)] as const;
  const isOnLand = ([x = 0, y = 0]: readonly number[]) =>
    mask[Math.floor(y / cellM) * nXi + Math.min(Math.floor(x / cellM), nXi - 1)] === 0;
  const changes = starts.flatMap((group, g) => group.map(([, y], p) => Math.abs((ends[g]?.[p]?.[1] ?? 0) - y)));
  return {
    particles_on_land: ends.flat().filter(isOnLand).length,
    group_1_mean_x_end_m: ends[0].reduce((sum, [x = 0]) => sum + x, 0) / ends[0].length,
    group_2_max_x_end_m: Math.max(...ends[1].map(([x = 0]) => x)),
    max_abs_y_change_m: Math.max(...changes),
  };
};

/** Starts as the case writes them: `a+b*(p+0.5)/n` in x, `a+b*frac(p*c)` in y. */
function startsOf(group: Given): (readonly [number, number])[] {
  const [x, y] = [formula(group.text("x_m")), formula(group.text("y_m"))];
  return Array.from({ length: group.number("n") }, (_, p) => [x(p), y(p)] as const);
}

function formula(text: string): (p: number) => number {
  const number = "([0-9.]+)";
  const [, offset = "0", length, count] =
    new RegExp(`^(?:${number}\\+)?${number}\\*\\(p\\+0\\.5\\)/${number}$`).exec(text) ?? [];
  if (length !== undefined) return (p) => Number(offset) + (Number(length) * (p + 0.5)) / Number(count);
  const [, start = "0", width, turn] =
    new RegExp(`^(?:${number}\\+)?${number}\\*frac\\(p\\*${number}\\)$`).exec(text) ?? [];
  if (width === undefined) throw new Error(`no formula of starts: ${text}`);
  return (p) => Number(start) + Number(width) * ((p * Number(turn)) % 1);
}
