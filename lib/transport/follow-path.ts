/** Schemes of a step along a flow: forward Euler, Heun (the trapezoid with one correction, Petterssen), textbook RK4. */
export const pathSchemes = ["euler", "heun", "rk4"] as const;
export type PathScheme = (typeof pathSchemes)[number];

/** Rate of change of a position at a time; any number of coordinates, units per second. */
export type Flow = (position: readonly number[], seconds: number) => readonly number[];

export type PathOptions = {
  readonly scheme: PathScheme;
  readonly fromSeconds: number;
  /** Before `fromSeconds` for a path backward in time. */
  readonly toSeconds: number;
  /** Longest step, s, above 0; the last one is shortened to end on time. */
  readonly stepSeconds: number;
};

/**
 * End of the path of one point through a flow: trajectories, backward paths and flow maps. The particle kernels do the
 * same steps in place.
 * Source: Heun (1900), Kutta (1901); checked against solid-rotation, inertial-eddy, peninsula, stommel-gyre, double-gyre
 * and backward-return, whose end points belong to one scheme each.
 */
export function followPath(flow: Flow, start: readonly number[], options: PathOptions): readonly number[] {
  const { scheme, fromSeconds, toSeconds, stepSeconds } = options;
  const span = toSeconds - fromSeconds;
  const steps = Math.ceil(Math.abs(span) / stepSeconds - 1e-9);
  const whole = Math.sign(span) * stepSeconds;
  let position = start;
  for (let step = 0; step < steps; step += 1) {
    const seconds = fromSeconds + step * whole;
    const dt = step === steps - 1 ? toSeconds - seconds : whole;
    position = pathStep(flow, position, { scheme, seconds, dt });
  }
  return position;
}

/** One step; `dt` is negative backward in time. */
export function pathStep(
  flow: Flow,
  position: readonly number[],
  { scheme, seconds, dt }: { readonly scheme: PathScheme; readonly seconds: number; readonly dt: number },
): readonly number[] {
  const first = flow(position, seconds);
  if (scheme === "euler") return moved(position, first, dt);
  if (scheme === "heun") {
    const second = flow(moved(position, first, dt), seconds + dt);
    return position.map((value, axis) => value + 0.5 * dt * ((first[axis] ?? 0) + (second[axis] ?? 0)));
  }
  const second = flow(moved(position, first, dt / 2), seconds + dt / 2);
  const third = flow(moved(position, second, dt / 2), seconds + dt / 2);
  const fourth = flow(moved(position, third, dt), seconds + dt);
  return position.map((value, axis) => {
    const middle = (second[axis] ?? 0) + (third[axis] ?? 0);
    return value + (dt / 6) * ((first[axis] ?? 0) + 2 * middle + (fourth[axis] ?? 0));
  });
}

function moved(position: readonly number[], rate: readonly number[], dt: number): readonly number[] {
  return position.map((value, axis) => value + dt * (rate[axis] ?? 0));
}
