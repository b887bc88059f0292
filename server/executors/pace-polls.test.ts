import { expect, test } from "vitest";
import { pacePolls } from "@/server/executors/pace-polls";
import type { JobStatus, Runner } from "@/server/executors/runner";

/** Says that nothing is known of any job, and counts how often it looked. */
function aBlindRunner() {
  let looks = 0;
  const missing: JobStatus = { state: "missing" };
  const runner: Runner = {
    name: "blind",
    submit: ({ token, scratch }) => Promise.resolve({ token, scratch, jobId: "" }),
    poll: async (handles) => {
      looks += 1;
      return handles.map(() => missing);
    },
    cancel: async () => undefined,
    findByToken: async (jobs) => jobs.map(() => null),
  };
  return { runner, looks: () => looks };
}

const handle = (token: string) => ({ token, scratch: "/s", jobId: "1" });

test("looks are dense after a start and sparse later, and a pause is no miss", async () => {
  const { runner, looks } = aBlindRunner();
  let at = 0;
  const paced = pacePolls(runner, () => at);
  const states: string[] = [];
  for (; at < 350; at += 50) states.push((await paced.poll([handle("a")]))[0]?.state ?? "");
  expect(states).toEqual(["missing", "queued", "missing", "queued", "missing", "queued", "missing"]);
  const before = looks();
  for (at = 600_000; at < 660_000; at += 150) await paced.poll([handle("a")]);
  expect(looks() - before).toBe(6);
});

test("a new job makes the looks dense again", async () => {
  const { runner, looks } = aBlindRunner();
  let at = 0;
  const paced = pacePolls(runner, () => at);
  await paced.poll([handle("a")]);
  at = 600_000;
  await paced.poll([handle("a")]);
  at = 600_400;
  await paced.poll([handle("a"), handle("b")]);
  expect(looks()).toBe(3);
});
