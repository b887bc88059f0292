import { expect, test } from "vitest";
import { takeTurn } from "@/server/services/external/rate-limit";

test("who has told too much stays limited, however many others tell something", () => {
  const nowMs = 1_000_000;
  const takeMany = () => Array.from({ length: 2000 }, () => takeTurn("busy", nowMs));
  expect(takeMany().at(-1)).toBeNull();
  for (let other = 0; other < 25_000; other++)
    expect(takeTurn(`other ${other}`, nowMs + Math.floor(other / 20))).toBe(0);
  expect(takeTurn("busy", nowMs)).toBeNull();
  expect(takeTurn("busy", nowMs + 10_000)).toBe(0);
});
