import { expect, test } from "vitest";
import { classOfSentinel } from "@/server/engine/classify-failure";
import type { Sentinel } from "@/server/executors/runner";

const killed: Sentinel = {
  ...{ token: "t", exitCode: 137, signal: "SIGKILL", startedAtMs: 1, endedAtMs: 2, maxRssBytes: 30e6 },
  ...{ host: "n1", timedOut: false, stopped: false },
};
const given = { memoryMb: 1000, isUnmeasured: false, saidCode: null };

test("a kill of what nobody could measure counts as out of memory, unless somebody did it", () => {
  expect(classOfSentinel(killed, given)).toBe("signal");
  expect(classOfSentinel({ ...killed, maxRssBytes: 950e6 }, given)).toBe("out-of-memory");
  const inside = { ...given, isUnmeasured: true };
  expect(classOfSentinel(killed, inside)).toBe("out-of-memory");
  expect(classOfSentinel({ ...killed, stopped: true }, inside)).toBe("stopped");
  expect(classOfSentinel({ ...killed, timedOut: true }, inside)).toBe("timeout");
  expect(classOfSentinel({ ...killed, exitCode: 1, signal: null }, inside)).toBe("exit");
});

test.each(["image-missing", "image-shell-missing", "image-pull-failed", "container-engine-away", "container-refused"])(
  "%s is a failure of the launch",
  (saidCode) => {
    expect(classOfSentinel({ ...killed, exitCode: 78, signal: null }, { ...given, saidCode })).toBe("launch-failed");
  },
);
