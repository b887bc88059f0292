import { expect, test } from "vitest";
import type { EventView } from "@/lib/dag/run-view";
import { isNereusError } from "@/lib/errors";
import { asId, type UserId } from "@/lib/ids";
import { command } from "@/lib/pipeline/define-pipeline";
import { cancelRun } from "@/server/services/runs/cancel-run";
import { followEvents } from "@/server/services/runs/follow-events";
import { getRun } from "@/server/services/runs/get-run";
import { readLog } from "@/server/services/runs/read-log";
import { requestRun } from "@/server/services/runs/request-run";
import { createSchedule } from "@/server/services/schedules/create-schedule";
import { listSchedules } from "@/server/services/schedules/list-schedules";
import { pauseSchedule } from "@/server/services/schedules/pause-schedule";
import { removeSchedule } from "@/server/services/schedules/remove-schedule";
import { resumeSchedule } from "@/server/services/schedules/resume-schedule";
import { aHost } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "none",
    (error: unknown) => (isNereusError(error) ? error.code : String(error)),
  );

test("a follower gets every event once and in order, before and while the run goes on", async () => {
  await using host = await aHost();
  const line = "for i in 1 2 3 4 5; do touch f$i; done";
  const nodes = [command("a", { command: line }), command("b", { fan: "single", command: "cat workflow:///a/f*" })];
  const { runId } = await host.request(aPipeline(nodes));
  const stop = new AbortController();
  const seen: EventView[] = [];
  const following = (async () => {
    for await (const event of followEvents(host.ctx, { runId, after: 0, signal: stop.signal })) {
      seen.push(event);
      if (event.kind === "run-state" && event.data.state === "completed") stop.abort();
    }
  })();
  await host.startWorker();
  await following;
  const ids = seen.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort((one, other) => one - other));
  expect(ids.at(-1)).toBe((await getRun(host.ctx, runId)).lastEventId);
  expect(seen.filter(({ kind }) => kind === "artifact-committed")).toHaveLength(5);
  expect(seen.filter(({ data }) => data.state === "completed" && data.key !== undefined)).toHaveLength(6);
});

test("a log is read by offset, and its end is known", async () => {
  await using host = await aHost();
  await host.startWorker();
  const { runId } = await host.request(aPipeline([command("a", { command: "echo è; echo two" })]));
  const view = await host.ended(runId);
  const attemptId = view.tasks[0]?.attempts[0]?.id ?? "";
  const all = await readLog(host.ctx, { attemptId, stream: "stdout", offset: 0 });
  expect(all).toEqual({ text: "è\ntwo\n", nextOffset: 7, ended: true });
  expect((await readLog(host.ctx, { attemptId, stream: "stdout", offset: 3 })).text).toBe("two\n");
});

test("what cannot be requested is refused with its reason and leaves no run", async () => {
  await using host = await aHost();
  const user = { kind: "user", userId: asId<UserId>("u"), role: "requester", organisationId: null } as const;
  const asUser = { ...host.ctx, actor: user };
  const needsMet = { ...aPipeline([command("a", { command: "true" })]), needsMet: true };
  const ask = (met: string) => requestRun(asUser, { pipelineId: "test", input: { met }, module: needsMet });
  expect(await codeOf(requestRun(host.ctx, { pipelineId: "smokey", input: {} }))).toBe("pipeline-unknown");
  expect(await codeOf(ask("/etc/passwd"))).toBe("met-path-not-allowed");
  expect(await codeOf(ask("http://example.org/{YYYY}"))).toBe("met-path-not-allowed");
  expect(await codeOf(ask("nowhere"))).toBe("met-source-unknown");
  expect(await codeOf(ask("demo-weather"))).toBe("met-none-yet");
  const anonymous = { ...host.ctx, actor: { kind: "anonymous" } as const };
  expect(await codeOf(requestRun(anonymous, { pipelineId: "test", input: {}, module: needsMet }))).toBe(
    "sign-in-required",
  );
  const { runId } = await host.request(aPipeline([command("a", { command: "true" })]));
  expect(await codeOf(cancelRun(asUser, { runId, reason: "not mine" }))).toBe("not-permitted");
  expect(await codeOf(cancelRun(host.ctx, { runId: "r0", reason: "x" }))).toBe("run-unknown");
});

test("a schedule shows its next ten times, is silent while paused, and can be removed", async () => {
  await using host = await aHost();
  const wish = { pipelineId: "demo-weather", cron: "0 0,12 * * *", timeZone: "Europe/Rome", input: {} };
  const { id } = await createSchedule(host.ctx, wish);
  const [row] = await listSchedules(host.ctx);
  expect(row).toMatchObject({ id, paused: false, lastRun: null });
  expect(row?.nextRuns).toHaveLength(10);
  await pauseSchedule(host.ctx, { id, reason: "maintenance" });
  expect(await listSchedules(host.ctx)).toMatchObject([{ paused: true, pauseReason: "maintenance", nextRuns: [] }]);
  await resumeSchedule(host.ctx, { id });
  expect((await listSchedules(host.ctx))[0]?.nextRuns).toHaveLength(10);
  await removeSchedule(host.ctx, { id });
  expect(await listSchedules(host.ctx)).toEqual([]);
  expect(await codeOf(removeSchedule(host.ctx, { id }))).toBe("schedule-unknown");
  expect(await codeOf(createSchedule(host.ctx, { ...wish, cron: "0 25 * * *" }))).toBe("cron-invalid");
});
