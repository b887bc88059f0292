import { describe, expect, test } from "vitest";
import { z } from "zod";
import { isNereusError } from "@/lib/errors";
import { command, definePipeline, fieldOf, input } from "@/lib/pipeline/define-pipeline";
import {
  childRun,
  gate,
  sensor,
  untilFiles,
  untilOffset,
  untilResource,
  untilRun,
  untilTime,
} from "@/lib/pipeline/define-waiting";
import type { NodeDefinition } from "@/lib/pipeline/definition";

const build = (...nodes: readonly NodeDefinition[]) =>
  definePipeline({
    id: "test",
    title: { en: "Test", it: "Prova" },
    kind: "routinary",
    input: z.object({ day: z.string() }),
    nodes,
  });

function refusal(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    if (isNereusError(error, "definition-invalid")) return `${error.fields.place}: ${error.fields.problem}`;
    throw error;
  }
  return "none";
}

describe("a node that waits is refused", () => {
  test.each<[string, NodeDefinition, string]>([
    [
      "for a moment without zone",
      sensor("s", { watch: untilTime("2026-07-01T00:00") }),
      "node s, watch, at: “2026-07-01T00:00” is no moment",
    ],
    [
      "for a wrong duration",
      sensor("s", { watch: untilOffset("6h", "start") }),
      "node s, watch, offset: “6h” is no ISO 8601",
    ],
    ["for a file: address", sensor("s", { watch: untilResource("file:///etc/passwd") }), "no http or https"],
    [
      "for an address with a password",
      sensor("s", { watch: untilResource("http://me:pw@x.org/") }),
      "environment variable",
    ],
    ["for an address that cannot be read", sensor("s", { watch: untilResource("http://") }), "no http or https"],
    [
      "for a look too often",
      sensor("s", { watch: untilResource("http://x.org", { everySeconds: 0 }) }),
      "at least 1 second",
    ],
    [
      "for a relative pattern",
      sensor("s", { watch: untilFiles("in/*.nc") }),
      "node s, watch, pattern: “in/*.nc” is no absolute",
    ],
    ["for a pattern that goes up", sensor("s", { watch: untilFiles("/in/../etc/*") }), "“..” cannot stand"],
    ["for a later cycle", sensor("s", { watch: untilRun("roms", { offset: "P1D" }) }), "leads to a later cycle"],
    ["for no state", sensor("s", { watch: untilRun("roms", { states: [] }) }), "at least one state"],
    [
      "for a deadline of nothing",
      gate("s", { title: { en: "", it: "" }, deadline: { seconds: 0, outcome: "fail" } }),
      "node s, deadline",
    ],
    [
      "for a field that the input lacks",
      sensor("s", { watch: untilResource("http://x.org/{input.dai}") }),
      "Did you mean “day”",
    ],
    ["for a child that runs later", childRun("s", { pipeline: "x", offset: "PT6H" }), "node s, offset"],
    [
      "for a parameter of a node that it does not wait for",
      childRun("s", { pipeline: "x", params: { a: fieldOf("b", "c") } }),
      "node s, parameter a",
    ],
  ])("%s", (_title, node, words) =>
    expect(refusal(() => build(command("b", { command: "true" }), node))).toContain(words),
  );
});

test("waiting nodes are plain data that can be printed, and what they wait for may hold times and expressions", () => {
  const built = build(
    sensor("day", { watch: untilResource("https://x.org/{YYYY}{MM}{DD}/{input.day}.nc") }),
    gate("check", { title: { en: "Good?", it: "Va bene?" }, after: ["day"] }),
    childRun("roms", {
      pipeline: "roms",
      params: { day: input("day"), etag: fieldOf("day", "etag") },
      after: ["check", "day"],
    }),
  );
  expect(JSON.parse(JSON.stringify(built))).toEqual(built);
});
