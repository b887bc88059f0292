import { describe, expect, test } from "vitest";
import { judgeArtifact, type Keeping, retentionOf } from "@/lib/dag/retention";
import { command, output } from "@/lib/pipeline/define-pipeline";

const policy = { historyDays: 15, retryDays: 3, reuseDays: 7, scratchHours: 24 };
const day = (n: number) => new Date(Date.UTC(2026, 0, n));

const judge = (keeping: Partial<Keeping>, now: Date) =>
  judgeArtifact(
    {
      ...{ retention: "scratch", isSuperseded: false, neededBy: [], isPinned: false, reusableSince: null },
      ...{ isWantedElsewhere: false, runEndedAt: day(1), runEndedWhole: true },
      ...keeping,
    },
    policy,
    now,
  );

describe("the file of an artifact", () => {
  test.each<[string, Partial<Keeping>, readonly string[], Date | null]>([
    ["of class scratch goes when nobody needs it", {}, [], day(2)],
    [
      "is held by each consumer",
      { neededBy: ["a", "b"], runEndedAt: null, runEndedWhole: false },
      ["node a", "node b"],
      null,
    ],
    [
      "is held until a run that failed may no longer be retried",
      { neededBy: ["a"], runEndedWhole: false },
      ["node a"],
      day(4),
    ],
    ["of class history stays so long after its run", { retention: "history" }, ["history"], day(16)],
    ["of class history stays while its run lives", { retention: "history", runEndedAt: null }, ["history"], null],
    ["of class archive stays for ever", { retention: "archive" }, ["archive"], null],
    ["stays while it is pinned", { isPinned: true }, ["pin"], null],
    ["stays while another run refers to it", { isWantedElsewhere: true }, ["another run"], null],
    ["stays while others can take it over", { reusableSince: day(1) }, ["reuse"], day(8)],
    [
      "stays for the longest of several",
      { retention: "history", reusableSince: day(1) },
      ["reuse", "history"],
      day(16),
    ],
    [
      "that was made again goes, whatever its class",
      { retention: "archive", isSuperseded: true, neededBy: ["a"] },
      [],
      day(2),
    ],
    ["that was made again stays while it is pinned", { isSuperseded: true, isPinned: true }, ["pin"], null],
  ])("%s", (_, keeping, holders, freeAt) => {
    expect(judge(keeping, day(2))).toEqual({ holders, freeAt });
  });

  test("goes at the moment that was told, and not before", () => {
    const keeping = { retention: "history", reusableSince: day(1) } as const;
    const { freeAt } = judge(keeping, day(2));
    if (freeAt === null) throw new Error("it never goes");
    expect(judge(keeping, new Date(freeAt.getTime() - 1)).holders).toEqual(["history"]);
    expect(judge(keeping, freeAt).holders).toEqual([]);
  });
});

test("the class is that of the first output that takes the file, else of the node, else history", () => {
  const outputs = [output("*.log", { retention: "archive" }), output("**")];
  expect(retentionOf(command("a", { command: "true", outputs, retention: "scratch" }), "x.log")).toBe("archive");
  expect(retentionOf(command("a", { command: "true", outputs, retention: "scratch" }), "x.nc")).toBe("scratch");
  expect(retentionOf(command("a", { command: "true" }), "x.nc")).toBe("history");
});
