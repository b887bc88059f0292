import type { Flow } from "@/lib/transport/follow-path";
import type { Given } from "@/test/science/given";

/** Flows with known paths, as the kinds of science/README.md state them. */
export function solidRotation(given: Given): Flow {
  const rate = (2 * Math.PI) / given.number("period_s");
  const [xc = 0, yc = 0] = given.numbers("centre_m");
  return ([x = 0, y = 0]) => [-rate * (y - yc), rate * (x - xc)];
}

export function inertialEddy(given: Given): Flow {
  const [u0, f, ug] = [given.number("u0_ms"), given.number("f_per_s"), given.number("ug_ms")];
  const [gamma, gammaG] = [given.number("gamma_per_s"), given.number("gamma_g_per_s")];
  return (_, t) => {
    const turning = (u0 - ug) * Math.exp(-gamma * t);
    return [ug * Math.exp(-gammaG * t) + turning * Math.cos(f * t), -turning * Math.sin(f * t)];
  };
}

/** End of the inertial eddy's path in closed form. */
export function eddyEnd(given: Given): readonly [number, number] {
  const [u0, f, ug] = [given.number("u0_ms"), given.number("f_per_s"), given.number("ug_ms")];
  const [gamma, gammaG] = [given.number("gamma_per_s"), given.number("gamma_g_per_s")];
  const [x = 0, y = 0] = given.numbers("start_m");
  const t = given.number("duration_s");
  const scale = (u0 - ug) / (f * f + gamma * gamma);
  const decay = Math.exp(-gamma * t);
  const drift = gammaG === 0 ? ug * t : (ug / gammaG) * (1 - Math.exp(-gammaG * t));
  const east = scale * (gamma + decay * (f * Math.sin(f * t) - gamma * Math.cos(f * t)));
  const north = -scale * (f - decay * (gamma * Math.sin(f * t) + f * Math.cos(f * t)));
  return [x + drift + east, y + north];
}

export function stommelGyre(given: Given): { readonly flow: Flow; readonly psi: (x: number, y: number) => number } {
  const [a, es, s] = [given.number("a_m"), given.number("es"), given.number("s_ms")];
  const shape = (xi: number) => 1 - Math.exp(-xi / es) - xi;
  return {
    flow: ([x = 0, y = 0]) => {
      const [xi, eta] = [x / a, y / a];
      const u = -shape(xi) * Math.PI ** 2 * Math.cos(Math.PI * eta) * s;
      return [u, (Math.exp(-xi / es) / es - 1) * Math.PI * Math.sin(Math.PI * eta) * s];
    },
    psi: (x, y) => shape(x / a) * Math.PI * Math.sin((Math.PI * y) / a) * s,
  };
}

export function peninsula(given: Given): { readonly flow: Flow; readonly psi: (x: number, y: number) => number } {
  const [u0, x0, radius] = [given.number("u0_ms"), given.number("x0_m"), given.number("R_m")];
  return {
    flow: ([x = 0, y = 0]) => {
      const east = x - x0;
      const square = east * east + y * y;
      const scale = (u0 * radius * radius) / (square * square);
      return [u0 - scale * (east * east - y * y), -2 * scale * east * y];
    },
    psi: (x, y) => ((u0 * radius * radius * y) / ((x - x0) ** 2 + y * y) - u0 * y) / 1000,
  };
}

export function doubleGyre(given: Given): Flow {
  const [strength, eps, omega] = [given.number("A"), given.number("eps"), given.number("omega_per_s")];
  return ([x = 0, y = 0], t) => {
    const a = eps * Math.sin(omega * t);
    const b = 1 - 2 * a;
    const f = a * x * x + b * x;
    const u = -Math.PI * strength * Math.sin(Math.PI * f) * Math.cos(Math.PI * y);
    return [u, Math.PI * strength * Math.cos(Math.PI * f) * Math.sin(Math.PI * y) * (2 * a * x + b)];
  };
}
