import { desc } from "drizzle-orm";
import { expect, test } from "vitest";
import { audit } from "@/drizzle/schema/portal";
import { isNereusError } from "@/lib/errors";
import { asId, type UserId } from "@/lib/ids";
import { command } from "@/lib/pipeline/define-pipeline";
import { gate } from "@/lib/pipeline/define-waiting";
import { decideGate } from "@/server/services/runs/decide-gate";
import { explainRun } from "@/server/services/runs/explain-run";
import { getRun } from "@/server/services/runs/get-run";
import { aHost, type Host } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { until } from "@/test/fixtures/until";

const title = { en: "Is the forecast good?", it: "La previsione va bene?" };
const nodes = [
  command("make", { command: "echo 1 > a.txt" }),
  gate("check", { title, after: ["make"] }),
  command("publish", { command: "cat workflow:///check/record.json > who.txt" }),
];

const waits = (host: Host, runId: string) =>
  until("the gate waits for somebody", async () => {
    const view = await getRun(host.ctx, runId);
    const task = view.tasks.find(({ nodeId }) => nodeId === "check");
    return task?.state === "waiting" && task.reason !== null ? view : null;
  });

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => (isNereusError(error) ? error.code : "unexpected"),
  );

test("an approved gate lets its consumers go on with who approved and why, and is decided once", async () => {
  await using host = await aHost();
  await host.startWorker();
  const { runId } = await host.request(aPipeline(nodes));
  const view = await waits(host, runId);
  expect(view.nodes.find(({ id }) => id === "check")).toMatchObject({ kind: "gate", asks: title });
  const [why] = (await explainRun(host.ctx, { runId, node: "check", task: "check" })).flatMap(({ reasons }) => reasons);
  expect(why).toMatchObject({ kind: "waits-for" });
  const wish = { runId, node: "check", decision: "approved", reason: "looks right" } as const;
  const officer = { kind: "user", userId: asId<UserId>("u1"), role: "officer", organisationId: null } as const;
  expect(await codeOf(decideGate({ ...host.ctx, actor: { ...officer, role: "requester" } }, wish))).toBe(
    "not-permitted",
  );
  expect(await codeOf(decideGate({ ...host.ctx, actor: { kind: "anonymous" } }, wish))).toBe("sign-in-required");
  const both = await Promise.all([codeOf(decideGate(host.ctx, wish)), codeOf(decideGate(host.ctx, wish))]);
  expect(both.sort()).toEqual(["done", "gate-not-waiting"]);
  const ended = await host.ended(runId);
  expect(ended.state).toBe("completed");
  const record = (await host.ctx.db.query.artifact.findMany()).find(({ path }) => path === "record.json");
  expect(record?.metadata).toMatchObject({ decision: "approved", by: "host", reason: "looks right" });
  const [row] = await host.ctx.db.select().from(audit).orderBy(desc(audit.id)).limit(1);
  expect(row).toMatchObject({ verb: "approve a gate", subject: runId, reason: "looks right" });
});

test("a rejected gate fails the run with who rejected and why", async () => {
  await using host = await aHost();
  await host.startWorker();
  const { runId } = await host.request(aPipeline(nodes));
  await waits(host, runId);
  await decideGate(host.ctx, { runId, node: "check", decision: "rejected", reason: "the wind is wrong" });
  const view = await host.ended(runId);
  expect(view).toMatchObject({ state: "failed", reason: "host rejected node check: the wind is wrong" });
  expect(view.tasks.map(({ nodeId }) => nodeId)).not.toContain("publish");
});

test("a decision that no worker has seen yet is carried out by the next one", async () => {
  await using host = await aHost();
  const worker = await host.startWorker();
  const { runId } = await host.request(aPipeline(nodes));
  await waits(host, runId);
  await worker.stop();
  await decideGate(host.ctx, { runId, node: "check", decision: "approved", reason: "good" });
  await host.startWorker();
  expect((await host.ended(runId)).state).toBe("completed");
});

test("a gate that nobody answers in time is skipped when it says so", async () => {
  await using host = await aHost();
  await host.startWorker();
  const late = gate("check", { title, deadline: { seconds: 1, outcome: "skip" } });
  const { runId } = await host.request(aPipeline([late, command("after", { command: "true", after: ["check"] })]));
  const view = await host.ended(runId);
  expect(view.nodes.map(({ state }) => state)).toEqual(["skipped", "skipped"]);
});

test("what is no gate cannot be approved", async () => {
  await using host = await aHost();
  const { runId } = await host.request(aPipeline(nodes));
  const wish = { runId, node: "make", decision: "approved", reason: "x" } as const;
  expect(await codeOf(decideGate(host.ctx, wish))).toBe("gate-not-waiting");
  expect(await codeOf(decideGate(host.ctx, { ...wish, runId: "r0" }))).toBe("run-unknown");
});
