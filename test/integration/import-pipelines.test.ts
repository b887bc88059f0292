import { expect, test } from "vitest";
import { pipelineVersion } from "@/drizzle/schema/engine";
import { importedPipeline } from "@/drizzle/schema/interchange";
import { audit, schedule } from "@/drizzle/schema/portal";
import { isNereusError } from "@/lib/errors";
import { asId, type UserId } from "@/lib/ids";
import { exportPipeline } from "@/server/services/pipelines/export-pipeline";
import { importPipeline } from "@/server/services/pipelines/import-pipeline";
import { listPipelines } from "@/server/services/pipelines/list-pipelines";
import { requestRun } from "@/server/services/runs/request-run";
import { createSchedule } from "@/server/services/schedules/create-schedule";
import { aHost } from "@/test/fixtures/a-host";

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "none",
    (error: unknown) => (isNereusError(error) ? `${error.code} ${JSON.stringify(error.fields)}` : String(error)),
  );

/** A pipeline file with one node that writes a word. */
const fileOf = (word: string, more: object = {}) => ({
  name: "words.json",
  text: JSON.stringify({
    ...{ id: "words", kind: "on-demand", ...more },
    nodes: [
      { id: "say", kind: "command", command: `echo ${word} > word.txt` },
      { id: "copy", kind: "command", command: "cat workflow:///say/word.txt > copy.txt" },
    ],
  }),
});

test("an imported pipeline runs beside the built-in ones, and a later import leaves its runs alone", async () => {
  await using host = await aHost();
  const first = await importPipeline(host.ctx, fileOf("one"));
  expect(first).toMatchObject({ pipelineId: "words", change: "new", previousVersion: null });
  const { runId } = await requestRun(host.ctx, { pipelineId: "words", input: {} });
  const second = await importPipeline(host.ctx, fileOf("two"));
  expect(second).toMatchObject({ change: "changed", previousVersion: first.version });
  await host.startWorker();
  const run = await host.ended(runId);
  expect(run).toMatchObject({ state: "completed", pipelineId: "words", versionHash: first.version });
  const later = await requestRun(host.ctx, { pipelineId: "words", input: {} });
  expect(await host.ended(later.runId)).toMatchObject({ state: "completed", versionHash: second.version });
  expect(await importPipeline(host.ctx, fileOf("two"))).toMatchObject({ change: "unchanged" });
  const rows = await host.ctx.db.select().from(audit);
  expect(rows.filter(({ verb }) => verb === "import a pipeline")).toHaveLength(2);
});

test("what an export prints is imported as the same version", async () => {
  await using host = await aHost();
  const first = await importPipeline(host.ctx, fileOf("one"));
  const { text } = await exportPipeline(host.ctx, { pipelineId: "words", format: "json" });
  expect(await importPipeline(host.ctx, { name: "again.json", text })).toMatchObject({
    ...{ change: "unchanged", version: first.version },
  });
});

test("a copy of a built-in pipeline is completed by it, and the built-in one is never replaced", async () => {
  await using host = await aHost();
  const { text } = await exportPipeline(host.ctx, { pipelineId: "smoke", format: "json" });
  expect(await refusal(importPipeline(host.ctx, { name: "smoke.json", text }))).toContain("import-built-in");
  await importPipeline(host.ctx, { name: "smoke.json", text, id: "smoke-night" });
  const fire = { lat: 40.85, lon: 14.27, start: "2026-07-01T12:00:00Z", met: "nowhere" };
  const asked = refusal(requestRun(host.ctx, { pipelineId: "smoke-night", input: fire }));
  expect(await asked).toContain("met-source-unknown");
  const wrong = refusal(requestRun(host.ctx, { pipelineId: "smoke-night", input: { ...fire, lat: 99 } }));
  expect(await wrong).toContain("The latitude must be between -85 and 85 degrees.");
});

test("an import that is wrong anywhere, or only a preview, stores nothing", async () => {
  await using host = await aHost();
  const { db } = host.ctx;
  const counts = async () =>
    (
      await Promise.all([
        db.select().from(importedPipeline),
        db.select().from(pipelineVersion),
        db.select().from(audit),
      ])
    ).map((rows) => rows.length);
  expect(await importPipeline(host.ctx, { ...fileOf("one"), preview: true })).toMatchObject({ change: "new" });
  const broken = fileOf("one").text.replace("///say/", "///sai/");
  expect(await refusal(importPipeline(host.ctx, { name: "f", text: broken }))).toContain("Did you mean “say”?");
  const program = { id: "p", kind: "program", program: "publsh", outputs: ["x"] };
  const unknown = JSON.stringify({ id: "x", nodes: [program] });
  expect(await refusal(importPipeline(host.ctx, { name: "f", text: unknown }))).toContain("Did you mean “publish”?");
  const slow = fileOf("one").text.replace('"id":"say"', '"id":"say","pool":"compte"');
  expect(await refusal(importPipeline(host.ctx, { name: "f", text: slow }))).toContain("Did you mean “compute”?");
  const lost = fileOf("one", { prepared: ["x"] });
  expect(await refusal(importPipeline(host.ctx, lost))).toContain("preparedBy");
  expect(await refusal(importPipeline(host.ctx, { name: "c", text: '{"IO_Graph": []}' }))).toContain("import-format");
  expect(await counts()).toEqual([0, 0, 0]);
});

test("only administrators import; a run's input is checked against the imported schema", async () => {
  await using host = await aHost();
  const as = (role: "operator" | "admin") => ({
    ...host.ctx,
    actor: { kind: "user", userId: asId<UserId>("u"), role, organisationId: null } as const,
  });
  expect(await refusal(importPipeline(as("operator"), fileOf("one")))).toContain("not-permitted");
  const input = { type: "object", properties: { hours: { type: "number" } }, additionalProperties: false };
  await importPipeline(as("admin"), fileOf("one", { kind: "routinary", input }));
  expect((await listPipelines(host.ctx)).at(-1)).toMatchObject({ id: "words", imported: { source: "words.json" } });
  const ask = (value: Record<string, unknown>) => refusal(requestRun(host.ctx, { pipelineId: "words", input: value }));
  expect(await ask({ hours: "x" })).toContain("input-invalid");
  expect(await ask({ minutes: 1 })).toContain("input-invalid");
  expect(await ask({ hours: 2 })).toBe("none");
  const wish = { pipelineId: "words", cron: "0 0 * * *", timeZone: "UTC", input: { hours: 1 } };
  await createSchedule(host.ctx, wish);
  expect(await host.ctx.db.select().from(schedule)).toHaveLength(1);
});

test("a pipeline with a node that cannot run here is stored, labelled, and refused when a run is asked for", async () => {
  await using host = await aHost();
  const { text } = fileOf("one");
  const labelled = text.replace('"id":"copy"', '"id":"copy","unrunnable":"needs a container"');
  const { nodes } = await importPipeline(host.ctx, { name: "f", text: labelled });
  expect(nodes).toContainEqual({ id: "copy", unrunnable: "needs a container" });
  expect(await refusal(requestRun(host.ctx, { pipelineId: "words", input: {} }))).toBe(
    'pipeline-unrunnable {"pipeline":"words","nodes":"copy (needs a container)"}',
  );
});
