import { degreesPerSecond } from "@/lib/geo/earth-radii";
import { type Flow, followPath, type PathScheme, pathSchemes } from "@/lib/transport/follow-path";
import { stretchingAt } from "@/lib/transport/lyapunov";
import {
  doubleGyre,
  eddyEnd,
  inertialEddy,
  peninsula,
  solidRotation,
  stommelGyre,
} from "@/test/science/analytic-flows";
import type { Answer } from "@/test/science/answer";
import type { Given } from "@/test/science/given";
import { maskedChannel } from "@/test/science/kinds/masked-channel";
import { radialRotation } from "@/test/science/kinds/radial-rotation";

/** Paths in flows that are given by formulas. */
export const flowKinds: Readonly<Record<string, Answer>> = {
  "solid-rotation": (given) => {
    const ends = endsOfSchemes(solidRotation(given), given);
    return { euler_end_m: ends.euler, heun_end_m: ends.heun, rk4_end_m: ends.rk4 };
  },
  "radial-rotation": radialRotation,
  "inertial-eddy": (given) => {
    const ends = endsOfSchemes(inertialEddy(given), given);
    const [x, y] = eddyEnd(given);
    const error = (end: readonly number[]) => Math.hypot((end[0] ?? 0) - x, (end[1] ?? 0) - y);
    return {
      euler_end_m: ends.euler,
      heun_end_m: ends.heun,
      rk4_end_m: ends.rk4,
      error_m: { euler: error(ends.euler), heun: error(ends.heun), rk4: error(ends.rk4) },
    };
  },
  "stommel-gyre": (given) => {
    const { flow, psi } = stommelGyre(given);
    const [x = 0, y = 0] = given.numbers("start_m");
    const end = follow(flow, given, given.number("duration_days") * 86_400);
    return { ...psiAtEnds(psi, [x, y], end), end_m: end, start_velocity_ms: flow([x, y], 0) };
  },
  peninsula: (given) => {
    const { flow, psi } = peninsula(given);
    const end = follow(flow, given, given.number("duration_s"));
    return { ...psiAtEnds(psi, given.numbers("start_m"), end), end_m: end };
  },
  "double-gyre": (given) => {
    const flow = doubleGyre(given);
    const [fromSeconds, span] = [given.number("t0_s"), given.number("T_s")];
    const runs = given.rows("runs").map((run) => ({
      ends: given.points("starts").map((start) =>
        followPath(flow, start, {
          scheme: schemeOf(run),
          fromSeconds,
          toSeconds: fromSeconds + span,
          stepSeconds: run.number("dt_s"),
        }),
      ),
    }));
    return { runs };
  },
  ftle: (given) => {
    const fromSeconds = given.number("t0_s");
    const stretchings = given.points("points").map((point) =>
      stretchingAt(doubleGyre(given), point, {
        scheme: schemeOf(given),
        fromSeconds,
        toSeconds: fromSeconds + given.number("T_s"),
        stepSeconds: given.number("dt_s"),
        halfWidth: given.number("stencil"),
      }),
    );
    return {
      ftle_per_s: stretchings.map((one) => one.exponentPerSecond),
      determinant: stretchings.map((one) => one.determinant),
    };
  },
  "backward-return": (given) => {
    const [from, to] = [given.number("t0_s"), given.number("t0_s") + given.number("forward_s")];
    const options = { scheme: schemeOf(given), stepSeconds: given.number("dt_s") };
    const flow = doubleGyre(given);
    const forward = followPath(flow, given.numbers("start"), { ...options, fromSeconds: from, toSeconds: to });
    const back = followPath(flow, forward, { ...options, fromSeconds: to, toSeconds: from });
    return { forward_end: forward, return_end: back };
  },
  "masked-channel": maskedChannel,
  "uniform-current": (given) => {
    const flow: Flow = ([, lat = 0]) => degreesPerSecond(lat, given.number("u_ms"), given.number("v_ms"));
    const start = [given.number("start_lon"), given.number("start_lat")];
    const [lon = 0, lat = 0] = followPath(flow, start, {
      scheme: "rk4",
      fromSeconds: 0,
      toSeconds: given.number("t_s"),
      stepSeconds: 300,
    });
    return { end: { lat, lon } };
  },
};

function endsOfSchemes(flow: Flow, given: Given): Record<PathScheme, readonly number[]> {
  const end = (scheme: PathScheme) =>
    followPath(flow, given.numbers("start_m"), {
      scheme,
      fromSeconds: 0,
      toSeconds: given.number("duration_s"),
      stepSeconds: given.number("dt_s"),
    });
  return { euler: end("euler"), heun: end("heun"), rk4: end("rk4") };
}

function follow(flow: Flow, given: Given, toSeconds: number): readonly number[] {
  return followPath(flow, given.numbers("start_m"), {
    scheme: schemeOf(given),
    fromSeconds: 0,
    toSeconds,
    stepSeconds: given.number("dt_s"),
  });
}

function psiAtEnds(psi: (x: number, y: number) => number, start: readonly number[], end: readonly number[]) {
  return { psi_start: psi(start[0] ?? 0, start[1] ?? 0), psi_end: psi(end[0] ?? 0, end[1] ?? 0) };
}

function schemeOf(given: Given): PathScheme {
  const scheme = pathSchemes.find((one) => one === given.text("scheme"));
  if (scheme === undefined) throw new Error(`no scheme “${given.text("scheme")}”`);
  return scheme;
}
