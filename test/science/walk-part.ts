import { type PlaneFlow, PlaneWalk } from "@/lib/transport/plane-walk";
import { RandomStream } from "@/lib/transport/random-stream";

/** A range of particles of a run, and the steps to do. */
export type WalkPart = {
  readonly given: { readonly seed: number; readonly flow: PlaneFlow };
  readonly fromStep: number;
  readonly toStep: number;
  readonly dt: number;
  readonly firstId: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
};

/** Walks a range of particles; what one meets depends on its number and the step only. */
export function walkPart({ given, fromStep, toStep, dt, firstId, x, y }: WalkPart): { x: number[]; y: number[] } {
  const walk = new PlaneWalk(new RandomStream(given.seed, 1), given.flow);
  const ends = x.map((start, at) => {
    walk.x = start;
    walk.y = y[at] ?? 0;
    for (let step = fromStep; step < toStep; step += 1) walk.advance(firstId + at, step, dt);
    return [walk.x, walk.y] as const;
  });
  return { x: ends.map(([one]) => one), y: ends.map(([, one]) => one) };
}
