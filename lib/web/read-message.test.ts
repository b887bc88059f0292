import { expect, test } from "vitest";
import type { FilterRule } from "@/lib/dag/artifact-filter";
import { lineOfMessage, matchesMessage, type SocketMessage } from "@/lib/web/read-message";

const at = new Date("2026-07-01T00:00:00Z");

test("a message is one line, whatever it holds", () => {
  const messages: readonly SocketMessage[] = [
    { text: '{"a":\r\n1}' },
    { text: "a\nb" },
    { text: "" },
    { base64: "AQ==" },
  ];
  for (const message of messages) {
    const line = lineOfMessage(message, at);
    expect(line.indexOf("\n")).toBe(line.length - 1);
    expect(JSON.parse(line)).toMatchObject({ at: at.toISOString() });
  }
});

test.each<[SocketMessage, FilterRule, boolean]>([
  [{ text: '{"state":"done"}' }, { field: "state", operator: "eq", value: "done" }, true],
  [{ text: '{"job":{"n":3}}' }, { field: "/job/n", operator: "gte", value: 3 }, true],
  [{ text: '{"text":"inner"}' }, { field: "text", operator: "eq", value: "inner" }, true],
  [{ text: "ready to go" }, { field: "text", operator: "contains", value: "ready" }, true],
  [{ text: "ready" }, { field: "state", operator: "exists" }, false],
  [{ text: '{"file_name":"a.nc"}' }, { field: "file_name", operator: "eq", value: "a.nc" }, true],
  [{ base64: "AQ==" }, { field: "text", operator: "not_exists" }, false],
])("%o with %o: %s", (message, rule, matches) => expect(matchesMessage(message, [rule])).toBe(matches));
