import { asId, type SiteId } from "@/lib/ids";
import type { Site } from "@/server/engine/engine";
import type { Connection } from "@/server/executors/connection/connection";
import type { FinishedOutput, JobRequest, Runner, Sentinel } from "@/server/executors/runner";

/** What a task that does nothing leaves behind; `null` lets it go on for ever. */
export type NoopBody = (job: Pick<JobRequest, "scratch">) => readonly FinishedOutput[] | null;

/** A place where every task ends the moment it is submitted: what is left is the engine and its database. */
export function noopSite(options: { readonly slots: number; readonly body?: NoopBody }): Site {
  const body = options.body ?? (() => []);
  return {
    id: asId<SiteId>("noop"),
    connection: nowhere,
    runner: noopRunner(body),
    scratchRoot: "/noop",
    pools: { light: options.slots, compute: options.slots },
    programs: { node: "node", locate: async (program) => `/noop/${program}.mjs` },
  };
}

function noopRunner(body: NoopBody): Runner {
  return {
    name: "noop",
    submit: async (job) => {
      const outputs = body(job);
      const handle = { token: job.token, scratch: job.scratch, jobId: job.token };
      return outputs === null ? handle : { ...handle, ended: sentinelOf(job.token, outputs) };
    },
    poll: async (handles) => handles.map(() => ({ state: "queued", reason: null })),
    cancel: async () => undefined,
    findByToken: async (jobs) => jobs.map(() => null),
    watch: () => () => undefined,
  };
}

export function sentinelOf(token: string, outputs: readonly FinishedOutput[]): Sentinel {
  const now = Date.now();
  const end = { exitCode: 0, signal: null, maxRssBytes: null, host: "noop", timedOut: false };
  return { token, startedAtMs: now, endedAtMs: now, ...end, outputs };
}

/** Takes every file and keeps none. */
const nowhere: Connection = {
  kind: "local",
  exec: async () => ({ exitCode: 0, signal: null, stdout: "", stderr: "" }),
  list: async () => [],
  readFrom: async () => new Uint8Array(),
  read: async function* () {
    yield new Uint8Array();
  },
  write: async () => undefined,
  writeAtomically: async () => undefined,
  makeFolder: async () => undefined,
  rename: async () => undefined,
  place: async () => undefined,
  realPath: async (path) => path,
  hash: async () => ({ sizeBytes: 0, sha256: "" }),
  remove: async () => undefined,
  close: async () => undefined,
};
