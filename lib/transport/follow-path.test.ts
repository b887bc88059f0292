import { expect, test } from "vitest";
import { type Flow, followPath } from "@/lib/transport/follow-path";
import { stretchingAt } from "@/lib/transport/lyapunov";

/** The double gyre of Shadden et al.; end points from another program (science reference, double-gyre-a). */
const gyre: Flow = ([x = 0, y = 0], t) => {
  const a = 0.25 * Math.sin((2 * Math.PI * t) / 10);
  const f = a * x * x + (1 - 2 * a) * x;
  const u = -0.1 * Math.PI * Math.sin(Math.PI * f) * Math.cos(Math.PI * y);
  return [u, 0.1 * Math.PI * Math.cos(Math.PI * f) * Math.sin(Math.PI * y) * (2 * a * x + 1 - 2 * a)];
};

test("RK4 reaches the reference's end in a changing flow to 5e-6", () => {
  const end = followPath(gyre, [0.5, 0.5], { scheme: "rk4", fromSeconds: 0, toSeconds: 15, stepSeconds: 0.1 });
  expect(Math.hypot((end[0] ?? 0) - 0.04671250587, (end[1] ?? 0) - 0.8793841104)).toBeLessThan(5e-6);
});

test("a path backward in time comes back to its start within 1e-6", () => {
  const options = { scheme: "rk4", stepSeconds: 0.05 } as const;
  const there = followPath(gyre, [0.5, 0.5], { ...options, fromSeconds: 0, toSeconds: 5 });
  const [x = 0, y = 0] = followPath(gyre, there, { ...options, fromSeconds: 5, toSeconds: 0 });
  expect(Math.hypot(x - 0.5, y - 0.5)).toBeLessThan(1e-6);
});

test("the flow map keeps area, and stretches as the reference says", () => {
  const options = { scheme: "rk4", fromSeconds: 0, toSeconds: 15, stepSeconds: 0.05, halfWidth: 1e-5 } as const;
  const { exponentPerSecond, determinant } = stretchingAt(gyre, [0.5, 0.5], options);
  expect(exponentPerSecond).toBeCloseTo(0.163302361, 4);
  expect(determinant).toBeCloseTo(1, 4);
});
