import { expect, test } from "vitest";
import { fromLocalInput, toLocalInput } from "@/lib/messages/local-input";

test.each([
  ["2026-07-01T14:00", "2026-07-01T12:00:00Z"],
  ["2026-01-01T00:30", "2025-12-31T23:30:00Z"],
  ["2026-10-25T02:30", "2026-10-25T00:30:00Z"],
  ["2026-03-29T02:30", "2026-03-29T01:30:00Z"],
])("local %s is %s", (local, utc) => {
  expect(fromLocalInput(local)).toBe(utc);
});

test("an instant comes back from its box", () => {
  expect(toLocalInput("2026-12-31T23:30:00Z")).toBe("2027-01-01T00:30");
});

test("text that is no time is told apart", () => {
  expect(fromLocalInput("")).toBeNull();
  expect(fromLocalInput("2026-13-41T99:00")).toBeNull();
});
