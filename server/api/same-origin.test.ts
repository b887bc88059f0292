import { expect, test } from "vitest";
import { isSameOrigin } from "@/server/api/same-origin";

test.each([
  [{ host: "nereus.test:3000", origin: "http://nereus.test:3000" }, true],
  [{ host: "nereus.test", origin: "https://evil.test" }, false],
  [{ host: "nereus.test", origin: "null" }, false],
  [{ host: "nereus.test", "sec-fetch-site": "cross-site" }, false],
  [{ host: "nereus.test", "sec-fetch-site": "same-site" }, false],
  [{ host: "nereus.test", "sec-fetch-site": "same-origin", origin: "https://nereus.test" }, true],
  [{ host: "inner:3000", "x-forwarded-host": "nereus.test", origin: "https://nereus.test" }, true],
  [{ host: "nereus.test" }, true],
])("headers %j from the own origin: %s", (headers, expected) => {
  expect(isSameOrigin(new Headers(Object.entries(headers)))).toBe(expected);
});
