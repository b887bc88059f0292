import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { command } from "@/lib/pipeline/define-pipeline";
import { cancelRun } from "@/server/services/runs/cancel-run";
import { getRun } from "@/server/services/runs/get-run";
import { aHost } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { goesOn, sendEvent } from "@/test/fixtures/send-event";
import { until } from "@/test/fixtures/until";

test("a cancelled run that is retried is not cancelled again, and completes", async () => {
  await using host = await aHost();
  await host.startWorker();
  const go = `${host.config.homePath}/go`;
  const line = `touch ${host.config.homePath}/runs; until [ -e ${go} ]; do sleep 0.05; done; echo x > x.txt`;
  const { runId } = await host.request(aPipeline([command("a", { command: line })]));
  await until("it runs", () =>
    readFile(`${host.config.homePath}/runs`).then(
      () => true,
      () => null,
    ),
  );
  await cancelRun(host.ctx, { runId, reason: "not now" });
  expect((await host.ended(runId)).state).toBe("cancelled");
  await writeFile(go, "");
  await sendEvent(host, runId, { event: { kind: "retry" } });
  expect(await host.ended(runId)).toMatchObject({ state: "completed", tasks: [{ state: "completed" }] });
});

test("a rerun with all below it makes the results anew, and the old ones are no input any more", async () => {
  await using host = await aHost();
  await host.startWorker();
  const source = `${host.config.homePath}/source`;
  await writeFile(source, "one\n");
  const { runId } = await host.request(
    aPipeline([
      command("read", { command: `cp ${source} value.txt` }),
      command("each", { fan: "single", command: "sed s/^/./ workflow:///read/*.txt > copy.txt" }),
      command("all", { command: "cat $(find workflow:///each/ -name copy.txt) > all.txt" }),
    ]),
  );
  await host.ended(runId);
  await writeFile(source, "another\n");
  const [first] = (await getRun(host.ctx, runId)).tasks;
  if (first === undefined) throw new Error("the run has no task");
  await sendEvent(host, runId, { event: { kind: "rerun", taskIds: [first.id], downstream: true } });
  await goesOn(host, runId);
  const view = await host.ended(runId);
  expect(view).toMatchObject({ state: "completed", tasksTotal: 3, tasksDone: 3 });
  expect(view.artifacts.find(({ path }) => path === "all.txt")?.sizeBytes).toBe(".another\n".length);
  expect(view.artifacts.filter(({ path }) => path === "value.txt")).toHaveLength(1);
});
