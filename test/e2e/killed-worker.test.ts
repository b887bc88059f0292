import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunSummary, RunView } from "@/lib/dag/run-view";
import { connect } from "@/server/store/connect";
import { processArguments } from "@/server/store/embedded/process-start";
import { startEmbedded } from "@/server/store/embedded/start-embedded";
import { type Portal, startPortal } from "@/test/e2e/portal";
import { familyOf } from "@/test/fixtures/family-of";
import { runCli } from "@/test/fixtures/run-cli";
import { until } from "@/test/fixtures/until";

const runMs = 240_000;

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal();
});
afterAll(() => portal?.stop());

async function nereus<Result>(...args: string[]): Promise<Result> {
  const { code, stdout, stderr } = await runCli([...args, "--json"], { NEREUS_HOME: portal.home });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

function workerPid(): number | null {
  const isWorker = (pid: number) => processArguments(pid).some((argument) => argument.endsWith("worker.mjs"));
  return familyOf(portal.pid).find(isWorker) ?? null;
}

/** Ends the worker without a word while the run is in the middle of its steps; npm start brings up another. */
async function killInMidRun(runId: string): Promise<void> {
  const seen = await until(
    "some of the run is done",
    async () => {
      const run = await nereus<RunView>("show", runId);
      return run.tasks.some(({ nodeId, state }) => nodeId === "publish" && state === "completed") ? run : null;
    },
    runMs,
  );
  expect(seen.endedAt).toBeNull();
  const killed = await until("the worker is there", workerPid);
  process.kill(killed, "SIGKILL");
  await until("another worker is there", () => (workerPid() === killed ? null : workerPid()), 60_000);
}

async function endOf(runId: string): Promise<RunView> {
  return until(
    `run ${runId} ends`,
    async () => {
      const run = await nereus<RunView>("show", runId);
      return run.endedAt === null ? null : run;
    },
    runMs,
  );
}

/** Tasks of which two attempts committed artifacts, from the tables themselves: there must never be any. */
async function committedTwice(): Promise<unknown[]> {
  const database = await startEmbedded(portal.home, () => undefined);
  const client = await connect(database.url);
  try {
    const text = "select task_id from artifact group by task_id having count(distinct attempt_id) > 1";
    return (await client.query(text)).rows;
  } finally {
    await client.end();
    await database.stop();
  }
}

test("the first forecast is finished although its worker was killed, and nothing is done twice", async () => {
  const [forecast] = await nereus<RunSummary[]>("runs");
  const runId = forecast?.id ?? "";
  await killInMidRun(runId);
  const run = await endOf(runId);
  expect(run).toMatchObject({ state: "completed", completeness: "complete", reason: null });
  expect(run.tasks.find(({ nodeId }) => nodeId === "simulate")?.attempts).toHaveLength(1);
  expect(await committedTwice()).toEqual([]);
});

test("a smoke run whose worker was killed while the model ran goes on with the same model", async () => {
  const [forecast] = await nereus<RunSummary[]>("runs", "--pipeline", "demo-weather");
  await endOf(forecast?.id ?? "");
  const cycle = String(forecast?.cycle).replace(/Z$/, ":00:00Z");
  const inputs = ["lat=40.85", "lon=14.27", `start=${cycle}`, "hours=8", "members=0"].flatMap((input) => [
    "--input",
    input,
  ]);
  const { runId } = await nereus<{ runId: string }>("run", "smoke", ...inputs);
  await killInMidRun(runId);
  const run = await endOf(runId);
  expect(run).toMatchObject({ state: "completed", completeness: "complete", reason: null });
  expect(run.tasks.find(({ nodeId }) => nodeId === "transport")?.attempts).toHaveLength(1);
  expect(run.tasks.filter(({ nodeId }) => nodeId === "publish")).toHaveLength(8);
  expect(await committedTwice()).toEqual([]);
});
