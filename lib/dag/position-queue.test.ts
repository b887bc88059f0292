import fc from "fast-check";
import { expect, test } from "vitest";
import { PositionQueue } from "@/lib/dag/position-queue";

test("gives what waits in ascending order, each once", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40)), fc.array(fc.nat(40)), (first, second) => {
      const queue = new PositionQueue();
      for (const position of first) queue.add(position);
      const lowest = queue.take();
      for (const position of second) queue.add(position);
      const rest = new Set([...first.filter((position) => position !== lowest), ...second]);
      const taken = [];
      for (let next = queue.take(); next !== null; next = queue.take()) taken.push(next);
      expect(lowest).toBe(first.length === 0 ? null : Math.min(...first));
      expect(taken).toEqual([...rest].sort((one, other) => one - other));
    }),
  );
});
