import { Worker } from "node:worker_threads";
import type { Answer } from "@/test/science/answer";
import type { Given } from "@/test/science/given";
import { moments } from "@/test/science/sample-moments";
import { type WalkPart, walkPart } from "@/test/science/walk-part";

/** The same run with one thread and several, with a restart, and with more particles added on the way. */
export const determinism: Answer = async (given) => {
  const runs: { x: number[]; y: number[] }[] = [];
  for (const run of given.rows("runs")) runs.push(await walkAll(given, run));
  const first = runs[0] ?? { x: [], y: [] };
  const shown = given.number("report_first");
  const [ofX, ofY] = [moments(first.x), moments(first.y)];
  return {
    final_positions_m: runs.map(({ x, y }) => x.slice(0, shown).map((one, particle) => [one, y[particle]])),
    mean_m: [ofX.mean, ofY.mean],
    var_m2: [ofX.variance, ofY.variance],
  };
};

async function walkAll(given: Given, run: Given): Promise<{ x: number[]; y: number[] }> {
  const n = given.number("n");
  const [dt, end] = [given.number("dt_s"), given.number("duration_s")];
  const [x0 = 0, y0 = 0] = given.numbers("start_m");
  const stops = ["restart_at_s", "extra_particles_at_s"].filter((key) => run.has(key)).map((key) => run.number(key));
  let state = { x: new Array<number>(n).fill(x0), y: new Array<number>(n).fill(y0) };
  let from = 0;
  for (const to of [...stops, end]) {
    const part = { given: flowOf(given), fromStep: from / dt, toStep: to / dt, dt };
    // What a restart reads is text; the particles added at a stop come behind those that are there.
    state = JSON.parse(JSON.stringify(await walkInWorkers(state, part, run.number("workers"))));
    from = to;
    if (to !== end && run.has("extra_particles_at_s"))
      state = { x: [...state.x, ...state.x.map(() => x0)], y: [...state.y, ...state.y.map(() => y0)] };
  }
  return { x: state.x.slice(0, n), y: state.y.slice(0, n) };
}

function flowOf(given: Given): WalkPart["given"] {
  const diffusivity = given.number("K_m2s");
  return {
    seed: given.number("seed"),
    flow: {
      uMs: given.number("u_ms"),
      vMs: given.number("v_ms"),
      diffusivityXM2s: diffusivity,
      diffusivityYM2s: diffusivity,
    },
  };
}

type Steps = Pick<WalkPart, "given" | "fromStep" | "toStep" | "dt">;

async function walkInWorkers({ x, y }: { x: number[]; y: number[] }, steps: Steps, workers: number) {
  const size = Math.ceil(x.length / workers);
  const parts = Array.from({ length: workers }, (_, at) => {
    const first = at * size;
    return { ...steps, firstId: first, x: x.slice(first, first + size), y: y.slice(first, first + size) };
  });
  const done = workers === 1 ? parts.map(walkPart) : await Promise.all(parts.map(inWorker));
  return { x: done.flatMap((part) => part.x), y: done.flatMap((part) => part.y) };
}

function inWorker(workerData: WalkPart): Promise<{ x: number[]; y: number[] }> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("../walk-worker.mjs", import.meta.url), { workerData });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}
