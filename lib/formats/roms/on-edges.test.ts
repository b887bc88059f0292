import { expect, test } from "vitest";
import { onEdges } from "@/lib/formats/roms/on-edges";

test("what lies on the edges stays, what lies in the middles is brought there, anything else is refused", () => {
  const onThem = Float32Array.of(0, 0, 1, 2, 3, 4);
  expect(onEdges(onThem, { levels: 2, size: 2 })).toBe(onThem);
  expect(onEdges(Float32Array.of(1, 10, 3, 30), { levels: 2, size: 2 })).toEqual(Float32Array.of(1, 10, 2, 20, 3, 30));
  expect(onEdges(new Float32Array(33), { levels: 3, size: 1 })).toBeNull();
});
