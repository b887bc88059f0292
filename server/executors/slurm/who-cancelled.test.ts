import { expect, test } from "vitest";
import { judgeCancel } from "@/server/executors/slurm/who-cancelled";

const config = "AuthType                = auth/munge\nBOOT_TIME               = 2026-07-01T10:00:00\n";

test.each([
  ["a job from before the controller's start", "2026-07-01T09:59:00", "stopped"],
  ["a job whose number may have been given twice", "2026-07-01T10:20:00", "stopped"],
  ["a job of a controller that has run for hours", "2026-07-01T12:00:00", "cancelled"],
  ["a time that cannot be read", "Unknown", "cancelled"],
])("%s: %s is called %s", (_, submittedAt, verdict) => {
  expect(judgeCancel(config, submittedAt)).toBe(verdict);
});
