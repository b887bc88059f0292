import { expect, test } from "vitest";
import { niceLevels } from "@/lib/formats/vector/nice-levels";

test.each([
  [0, 1, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]],
  [-3, 12, [-2, 0, 2, 4, 6, 8, 10]],
  [100_950, 101_820, [101_000, 101_100, 101_200, 101_300, 101_400, 101_500, 101_600, 101_700, 101_800]],
  [0, 0.004, [0.0005, 0.001, 0.0015, 0.002, 0.0025, 0.003, 0.0035]],
  [7, 7, [7]],
])("between %d and %d", (min, max, levels) => expect(niceLevels(min, max)).toEqual(levels));
