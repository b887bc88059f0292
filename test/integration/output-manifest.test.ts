import { expect, test } from "vitest";
import { command, output, ref } from "@/lib/pipeline/define-pipeline";
import { readDagArtifacts } from "@/server/store/artifact";
import { aHost } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";

/** Writes a file and, before it has its name, what is told about it. */
const make = (name: string, metadata: object) =>
  [
    `echo '${JSON.stringify({ path: name, mimeType: "application/x-netcdf", metadata })}' >> .manifest.jsonl`,
    `echo ${name} > ${name}.part`,
    `mv ${name}.part ${name}`,
  ].join("; ");
const measured = [
  make("a.nc", { day: 1, kind: "rain" }),
  make("b.nc", { day: 1, kind: "wind" }),
  make("c.nc", { day: 2, kind: "rain" }),
].join("; ");

test.each([
  ["at the end of the job", {}],
  ["while the job runs", { commit: "on-rename", required: true } as const],
])("what a job tells about its files %s groups, filters and decides", async (_, commit) => {
  await using host = await aHost();
  await host.startWorker();
  const isRain = { rules: [{ field: "kind", operator: "eq", value: "rain" }] } as const;
  const { runId } = await host.request(
    aPipeline([
      command("measure", { command: measured, outputs: [output("*.nc", commit)] }),
      command("daily", {
        fan: "grouped",
        groupBy: "day",
        inputs: { files: ref("workflow:///measure/*.nc") },
        command: 'ls "$NEREUS_IN_FILES" > names',
      }),
      command("rain", {
        fan: "single",
        inputs: { file: ref("workflow:///measure/*.nc", { filter: isRain }) },
        command: "true",
      }),
      command("typed", {
        inputs: { file: ref("workflow:///measure/*.nc") },
        when: "{measure.mime_type | join | match(netcdf)}",
        command: "true",
      }),
    ]),
  );
  const view = await host.ended(runId);
  expect(view.reason).toBeNull();
  expect(Object.fromEntries(view.nodes.map(({ id, state, tasksTotal }) => [id, `${state} ${tasksTotal}`]))).toEqual({
    measure: "completed 1",
    daily: "completed 2",
    rain: "completed 2",
    typed: "completed 1",
  });
  const artifacts = await readDagArtifacts(host.ctx.db, view.id);
  expect(artifacts.filter(({ nodeId }) => nodeId === "measure")).toEqual([
    expect.objectContaining({ path: "a.nc", mimeType: "application/x-netcdf", metadata: { day: 1, kind: "rain" } }),
    expect.objectContaining({ path: "b.nc", metadata: { day: 1, kind: "wind" } }),
    expect.objectContaining({ path: "c.nc", metadata: { day: 2, kind: "rain" } }),
  ]);
});

test("a job that tells nonsense about its files fails with the line", async () => {
  await using host = await aHost();
  await host.startWorker();
  const { runId } = await host.request(
    aPipeline([command("measure", { command: "echo > a.nc; echo nonsense > .manifest.jsonl" })]),
  );
  const view = await host.ended(runId);
  expect([view.state, view.reason]).toEqual(["failed", expect.stringContaining("line 1: it is not JSON")]);
});
