import { expect, test } from "vitest";
import { fixedOrigin } from "@/lib/pipeline/fixed-origin";

test.each([
  ["https://api.example.org/{input.a}", "https://api.example.org"],
  ["https://API.example.org:443?a={input.a}", "https://api.example.org"],
  ["wss://sea.example.org:8443", "wss://sea.example.org:8443"],
  ["http://[::1]:80/x", "http://[::1]"],
  ["https:///{input.host}/x", null],
  ["https:////evil.example.org/x", null],
  ["https://\t/{input.host}/x", null],
  ["https://\\{input.host}/x", null],
  ["https://example.org\\{input.host}/x", null],
  ["https://{input.host}/x", null],
  ["https://a.{input.host}/x", null],
  ["https://example.org{input.more}/x", null],
  ["https:example.org/x", null],
])("the server of %s is %s", (address, origin) => expect(fixedOrigin(address)).toBe(origin));
