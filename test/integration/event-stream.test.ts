import { expect, test } from "vitest";
import { pipelineVersion, run } from "@/drizzle/schema/engine";
import { asId, type NodeId, type PipelineId, type RunId } from "@/lib/ids";
import { eventStream, resumeAfter } from "@/server/api/event-stream";
import type { ServiceContext } from "@/server/services/context";
import { followEvents } from "@/server/services/runs/follow-events";
import { appendEvents } from "@/server/store/event";
import { freshDatabase, type TestDatabase } from "@/test/fixtures/database";

const runId = asId<RunId>("r-events");

async function aRun(open: TestDatabase): Promise<void> {
  const pipelineId = asId<PipelineId>("smoke");
  const definition = {
    id: pipelineId,
    title: { en: "Smoke", it: "Fumo" },
    kind: "on-demand" as const,
    input: {},
    checks: [],
    nodes: [],
    products: [],
  };
  await open.db.insert(pipelineVersion).values({ hash: "h", pipelineId, definition });
  await open.db.insert(run).values({ id: runId, pipelineId, versionHash: "h", input: {} });
}

async function happen(open: TestDatabase, count: number): Promise<void> {
  const event = { kind: "node-state" as const, nodeId: asId<NodeId>("transport"), data: { state: "running" } };
  for (let index = 0; index < count; index += 1) await open.db.transaction((tx) => appendEvents(tx, runId, [event]));
}

function context(open: TestDatabase): ServiceContext {
  const config = {
    storePath: "",
    scratchPath: "",
    programsPath: "",
    metSources: {},
    seaSources: {},
    defaultMetSource: "",
    limits: { hours: 1, particles: 1 },
    slots: { compute: 1, light: 1 },
    sites: {},
  };
  return { db: open.db, actor: { kind: "anonymous" }, now: () => new Date(), config };
}

/** Reads like a browser: until so many events have come, then the connection breaks. */
async function readIds(open: TestDatabase, lastEventId: string | null, count: number): Promise<string[]> {
  const gone = new AbortController();
  const after = resumeAfter(lastEventId, "0");
  const events = followEvents(context(open), { runId, after, signal: gone.signal });
  const reader = eventStream(events, () => gone.abort()).getReader();
  const decoder = new TextDecoder();
  let text = "";
  const ids = () => [...text.matchAll(/^id: (\d+)$/gm)].map((match) => match[1] ?? "");
  while (ids().length < count) {
    const part = await reader.read();
    if (part.done) break;
    text += decoder.decode(part.value, { stream: true });
  }
  await reader.cancel();
  return ids().slice(0, count);
}

test("a reader that reconnects with its last event id misses nothing and gets nothing twice", async () => {
  await using open = await freshDatabase();
  await aRun(open);
  await happen(open, 20);
  const writing = happen(open, 180);
  const seen: string[] = [];
  while (seen.length < 200) seen.push(...(await readIds(open, seen.at(-1) ?? null, Math.min(37, 200 - seen.length))));
  await writing;
  expect(seen).toEqual(Array.from({ length: 200 }, (_, index) => String(index + 1)));
});

test("an event committed while the stream is quiet arrives at once", async () => {
  await using open = await freshDatabase();
  await aRun(open);
  const reading = readIds(open, null, 1);
  await happen(open, 1);
  expect(await reading).toEqual(["1"]);
});

test("what the browser remembers wins over what the page asked for", () => {
  expect(resumeAfter("41", "7")).toBe(41);
  expect(resumeAfter(null, "7")).toBe(7);
  expect(resumeAfter("not a number", null)).toBe(0);
});
