import { expect, test } from "vitest";
import { sofievPlumeTopM } from "@/lib/transport/plume-rise";

// sofiev-a of the science reference; 0.01 m.
test.each([
  [1500, 100e6, 1.25e-4, 991.190679],
  [1500, 1000e6, 1e-4, 1860.43866],
  [800, 50e6, 2.5e-4, 558.869606],
  [2000, 3000e6, 1e-4, 2683.99541],
  [255, 836160, 0.00107532956, 73.2900178],
])("a layer of %d m, %d W and N2 %d reach %d m", (layer, power, stability, top) => {
  expect(sofievPlumeTopM(layer, power, stability)).toBeCloseTo(top, 2);
});
