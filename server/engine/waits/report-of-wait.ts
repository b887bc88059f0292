import { isGlob } from "@/lib/dag/glob";
import { type ArtifactId, asId } from "@/lib/ids";
import type { SensorNode, WaitingNode } from "@/lib/pipeline/definition";
import type { Engine, Site } from "@/server/engine/engine";
import { scratchNames } from "@/server/executors/runner";
import { fetchResource } from "@/server/storage/fetch-resource";
import { keepFile } from "@/server/storage/keep-file";
import { demandBelow } from "@/server/storage/look-at-files";
import type { ClaimedTask } from "@/server/store/claimed-task";
import { mintId } from "@/server/store/mint-id";
import type { FinishedFile, StepReport } from "@/server/store/step";
import { readWait } from "@/server/store/wait";

const recordName = "record.json";

/**
 * That a task which has waited is done: what came becomes its artifact `record.json`, also as metadata, with the files
 * that its sensor brings. Safe to repeat.
 * @throws {NereusError} address-refused, path-not-allowed, file-unreadable, server-silent, disk-full
 */
export async function reportOfWait(
  engine: Engine,
  site: Site,
  what: { readonly claimed: ClaimedTask; readonly node: WaitingNode },
): Promise<StepReport> {
  const { claimed, node } = what;
  const { attempt, task } = claimed;
  const startedAt = engine.now();
  const wait = await readWait(engine.db, task.id);
  // An operator may have let it go on without what it waited for.
  const record = wait?.found ?? { forced: true };
  const out = `${attempt.scratch}/${scratchNames.outputs}`;
  await site.connection.makeFolder(out);
  await site.connection.writeAtomically(`${out}/${recordName}`, `${JSON.stringify(record, null, 1)}\n`);
  const brought = node.kind === "sensor" ? await bring(engine, site, { node, record, out }) : [];
  const paths = [recordName, ...brought];
  const files: (FinishedFile & { readonly id: ArtifactId })[] = [];
  for (const path of paths) {
    const content = await site.connection.hash(`${out}/${path}`);
    const isRecord = path === recordName;
    const about = isRecord ? { mimeType: "application/json", metadata: record } : {};
    files.push({ id: asId<ArtifactId>(mintId("a", engine.now())), path, ...content, ...about });
  }
  const end = { startedAt, endedAt: engine.now(), exitCode: 0, signal: null, maxRssBytes: null };
  return { runId: attempt.runId, attemptId: attempt.id, kind: "completed", ...end, files };
}

type Brought = {
  readonly node: SensorNode;
  readonly record: Readonly<Record<string, unknown>>;
  readonly out: string;
};

/** The files that came, below `files/` of the task. @returns their paths */
async function bring(engine: Engine, site: Site, { node, record, out }: Brought): Promise<readonly string[]> {
  const { watch } = node;
  if (watch.for === "http" && watch.download && typeof record.url === "string") {
    const name = `files/${nameOf(new URL(record.url).pathname)}`;
    await site.connection.makeFolder(`${out}/files`);
    const { privateHosts, signal } = engine.outlook;
    await fetchResource(record.url, `${out}/${name}`, { privateHosts, signal, timeoutSeconds: node.timeoutSeconds });
    return [name];
  }
  if (watch.for !== "file" || !watch.take || !Array.isArray(record.files)) return [];
  const names: string[] = [];
  const base = fixedFolder(String(record.pattern));
  for (const { path } of record.files) {
    const name = `files/${String(path).slice(base.length)}`;
    // A copy: whoever brought the file may write it again.
    await keepFile(await demandBelow(String(path), engine.outlook.fileRoots), { folder: out, path: name });
    names.push(name);
  }
  return names;
}

/** The folder above the first part of a pattern that is wild, with its slash. */
function fixedFolder(pattern: string): string {
  const parts = pattern.split("/");
  const wild = parts.findIndex(isGlob);
  return `${parts.slice(0, wild < 0 ? -1 : wild).join("/")}/`;
}

/** The last part of a path as a file name; `body` where there is none. */
const nameOf = (path: string): string => path.split("/").findLast((part) => part !== "") ?? "body";
