import { expect, test } from "vitest";
import { innerPath } from "@/app/_shell/inner-path";

test.each([
  ["/requests/new?lat=40", "/requests/new?lat=40"],
  ["//evil.test/x", "/"],
  ["/\\evil.test", "/"],
  ["https://evil.test", "/"],
  [undefined, "/"],
  [["/a", "/b"], "/"],
])("%j leads to %s", (value, path) => {
  expect(innerPath(value)).toBe(path);
});
