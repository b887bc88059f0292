import { expect, test } from "vitest";
import { referencesOf } from "@/lib/expression/references-of";

test("all references of an expression are found in their order, in calls too", () => {
  expect(referencesOf("{b.x.y | upper}-\\{c.z\\}-{list(input.k, a.n)}{config.t}")).toEqual([
    { namespace: "b", key: "x.y" },
    { namespace: "input", key: "k" },
    { namespace: "a", key: "n" },
    { namespace: "config", key: "t" },
  ]);
});
