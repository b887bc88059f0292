import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { command, output, ref } from "@/lib/pipeline/define-pipeline";
import type { OutputDefinition } from "@/lib/pipeline/definition";
import { readEvents } from "@/server/store/event";
import { aHost, type Host } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";
import { until } from "@/test/fixtures/until";

/** Waits in the shell for a file of the home, half a minute at most. */
const waitFor = (host: Host, name: string): string => {
  const path = `${host.config.homePath}/${name}`;
  return `for _ in $(seq 600); do [ -e ${path} ] && break; sleep 0.05; done; [ -e ${path} ]`;
};

/** A model that ends only when its consumer has run, and a consumer of each file: so the order is proved without a clock. */
const streamed = (host: Host, model: string, rule: OutputDefinition) =>
  aPipeline([
    command("model", { command: `${model}; ${waitFor(host, "seen")}`, outputs: [rule] }),
    command("publish", {
      fan: "single",
      inputs: { hour: ref("workflow:///model/*.nc", { stream: true }) },
      command: `cat workflow:///model/*.nc > copy.txt; touch ${host.config.homePath}/seen`,
    }),
  ]);

describe("a running job's file starts its consumer", () => {
  test.each<[string, string, OutputDefinition, readonly string[]]>([
    [
      "when it has stayed as it is",
      "echo one > h1.nc",
      output("*.nc", { commit: "stable", stable: { listings: 2, seconds: 0.5 } }),
      ["h1.nc"],
    ],
    [
      "when the next one exists",
      "echo one > h1.nc; echo half > h2.nc",
      output("*.nc", { commit: "next-file" }),
      ["h1.nc", "h2.nc"],
    ],
    [
      "when its marker exists",
      "echo half > h2.nc; echo one > h1.nc; touch h1.nc.done",
      output("*", { commit: "marker" }),
      ["h1.nc", "h2.nc"],
    ],
  ])("%s", async (_, model, rule, made) => {
    await using host = await aHost();
    await host.startWorker();
    const { runId } = await host.request(streamed(host, model, rule));
    const view = await host.ended(runId);
    expect(view).toMatchObject({ state: "completed", reason: null });
    const files = view.artifacts.filter(({ nodeId }) => nodeId === "model");
    expect(files.map(({ path }) => path).sort()).toEqual(made);
  });
});

test("the last file of a sequence is not committed when its producer crashes", async () => {
  await using host = await aHost();
  await host.startWorker();
  const model = `echo one > h1.nc; echo half > h2.nc; ${waitFor(host, "seen")}; kill -9 $$`;
  const { runId } = await host.request(streamed(host, model, output("*.nc", { commit: "next-file" })));
  const view = await host.ended(runId);
  expect(view.state).toBe("failed");
  expect(view.artifacts.filter(({ nodeId }) => nodeId === "model").map(({ path }) => path)).toEqual(["h1.nc"]);
});

test("a file that its header says is longer is waited for, and fails the task that leaves it so", async () => {
  await using host = await aHost();
  await host.startWorker();
  const rule = output("*.grb", { commit: "stable", stable: { listings: 2, seconds: 0 } });
  const model = `printf GRIB-but-no-end > a.grb; echo whole > b.grb; ${waitFor(host, "go")}`;
  const { runId } = await host.request(aPipeline([command("model", { command: model, outputs: [rule] })]));
  const committed = async () => {
    const events = await readEvents(host.ctx.db, runId, { after: 0, limit: 100 });
    const paths = events.flatMap(({ kind, data }) => (kind === "artifact-committed" ? [data.path] : []));
    return paths.length > 0 ? paths : null;
  };
  expect(await until("a file is committed", committed)).toEqual(["b.grb"]);
  await writeFile(join(host.config.homePath, "go"), "");
  const view = await host.ended(runId);
  expect(view).toMatchObject({ state: "failed", reason: expect.stringMatching(/shorter than.*a\.grb/) });
});

test("a file that changes after it was committed is told, at those that have read it too", async () => {
  await using host = await aHost();
  await host.startWorker();
  const model = `echo one > h1.part; mv h1.part h1.nc; ${waitFor(host, "seen")}; echo two > h1.nc; touch h2.nc`;
  const { runId } = await host.request(streamed(host, model, output("*.nc", { commit: "on-rename" })));
  const view = await host.ended(runId);
  expect(view.state).toBe("completed");
  expect(view.artifacts.map(({ path, taintedAt }) => [path, taintedAt !== null])).toEqual(
    expect.arrayContaining([
      ["h1.nc", true],
      ["h2.nc", false],
    ]),
  );
  const reader = view.tasks.find(({ key }) => key === "h1.nc");
  expect(reader?.changedInputs).toEqual(["model/h1.nc"]);
  expect(view.tasks.find(({ key }) => key === "h2.nc")?.changedInputs).toEqual([]);
  const events = await readEvents(host.ctx.db, runId, { after: 0, limit: 100 });
  expect(events.filter(({ kind }) => kind === "artifact-tainted")).toHaveLength(1);
  await rm(join(host.config.homePath, "seen"));
});
