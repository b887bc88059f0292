import { expect, test } from "vitest";
import { callLanguages, mapCall } from "@/lib/map/map-call";

const call = {
  ...{ origin: "https://portal.example", productId: "smoke", run: "r1-g1", variable: "pm25", step: 7 },
  packing: { dtype: "int32", scale: 0.1, offset: 0, fill: -2_147_483_648 },
} as const;

test.each(callLanguages)("the call in %s names the store of this very run, the variable and the hour", (language) => {
  const text = mapCall(call, language);
  expect(text).toContain("https://portal.example/api/zarr/smoke/r1-g1/map.zarr");
  expect(text).toContain("pm25");
  expect(text).toMatch(/time=7|\[7, null|\/7\.0\.0/);
});
