import { z } from "zod";
import { instantOf } from "@/lib/cycle/cycle-point";
import { isNereusError, NereusError } from "@/lib/errors";
import { renderError } from "@/lib/messages/render-error";
import type { HttpWatch } from "@/lib/pipeline/sensor";
import { addressProblem } from "@/lib/pipeline/wait-problem";
import { type Look, secondsAfter, type WaitScene } from "@/server/engine/waits/look";
import { textOfWatch } from "@/server/engine/waits/text-of-watch";
import { lookAtResource, type ResourceLook, type ResourceVersion } from "@/server/storage/look-at-resource";

/** A look is given up after this; a download has the time of its node. */
const lookSeconds = 20;

/** What the first look saw: a version, or that there was nothing. */
const seenSchema = z.object({
  version: z
    .object({ etag: z.string().nullable(), modified: z.string().nullable(), sizeBytes: z.number().nullable() })
    .nullable(),
});

/** Waits for a resource of a web server. @throws {NereusError} address-refused, watch-invalid, expression-failed */
export async function lookAtHttp(scene: WaitScene, watch: HttpWatch): Promise<Look> {
  const { wait, now, engine, node } = scene;
  const url = await textOfWatch(scene, watch.url);
  const wrong = addressProblem(url);
  if (wrong !== null) throw new NereusError("watch-invalid", { node: node.id, problem: wrong.problem });
  const seen = seenSchema.safeParse(wait.seen);
  const first = seen.success ? seen.data : null;
  const { privateHosts, signal } = engine.outlook;
  const about = { ...{ privateHosts, signal, now }, timeoutSeconds: Math.min(lookSeconds, node.timeoutSeconds) };
  const known = watch.until === "changed" ? (first?.version ?? null) : null;
  const modifiedAfter = watch.until === "newer" ? earliest(scene) : null;
  try {
    const look = await lookAtResource({ ...watch, url }, { ...about, known, modifiedAfter });
    return judge(scene, { watch: { ...watch, url }, look, first });
  } catch (error) {
    if (!isNereusError(error, "server-silent")) throw error;
    return waitOn(scene, { watch, first, reason: renderError(error, "en") });
  }
}

/** What counts as new: modified after the cycle, else after the start of the run. */
const earliest = ({ run }: WaitScene): Date => (run.cycle === null ? run.createdAt : instantOf(run.cycle));

type First = z.infer<typeof seenSchema> | null;
type Judged = { readonly watch: HttpWatch; readonly look: ResourceLook; readonly first: First };

function judge(scene: WaitScene, { watch, look, first }: Judged): Look {
  switch (look.kind) {
    case "same":
      return waitOn(scene, { watch, first, reason: `${watch.url} has not changed` });
    case "absent":
      return waitOn(scene, { watch, first: first ?? { version: null }, reason: `${watch.url} is not there` });
    case "unclear": {
      const { problem, retryAfterSeconds } = look;
      return waitOn(scene, { watch, first, retryAfterSeconds, reason: `${watch.url}: ${problem}` });
    }
    default:
      return judgeVersion(scene, { watch, first, version: look.version });
  }
}

function judgeVersion(
  scene: WaitScene,
  { watch, first, version }: { readonly watch: HttpWatch; readonly first: First; readonly version: ResourceVersion },
): Look {
  if (version.sizeBytes !== null && version.sizeBytes < watch.leastBytes) {
    const reason = `${watch.url} has ${version.sizeBytes} of at least ${watch.leastBytes} bytes`;
    return waitOn(scene, { watch, first, reason });
  }
  if (watch.until === "changed") {
    const isTold = version.etag !== null || version.modified !== null || version.sizeBytes !== null;
    if (!isTold) return { kind: "failed", reason: `${watch.url} tells neither ETag nor time nor size` };
    if (first === null || (first.version !== null && isSame(first.version, version)))
      return waitOn(scene, { watch, first: first ?? { version }, reason: `${watch.url} has not changed` });
  }
  if (watch.until === "newer") {
    const modifiedMs = Date.parse(version.modified ?? "");
    if (Number.isNaN(modifiedMs)) return { kind: "failed", reason: `${watch.url} does not tell when it was modified` };
    if (modifiedMs <= earliest(scene).getTime())
      return waitOn(scene, { watch, first, reason: `${watch.url} is from ${new Date(modifiedMs).toISOString()}` });
  }
  return { kind: "found", record: { url: watch.url, ...version, foundAt: scene.now.toISOString() } };
}

const isSame = (one: ResourceVersion, other: ResourceVersion): boolean =>
  one.etag === other.etag && one.modified === other.modified && one.sizeBytes === other.sizeBytes;

type Waiting = {
  readonly watch: HttpWatch;
  readonly first: First;
  readonly reason: string;
  readonly retryAfterSeconds?: number | null;
};

/** Longest patience that a server gets, seconds. */
const mostRetryAfterSeconds = 86_400;

/** A server that asks for patience gets it. */
function waitOn({ now }: WaitScene, { watch, first, reason, retryAfterSeconds }: Waiting): Look {
  const dueAt = secondsAfter(
    now,
    Math.max(watch.everySeconds, Math.min(retryAfterSeconds ?? 0, mostRetryAfterSeconds)),
  );
  return { kind: "wait", dueAt, reason, ...(first === null ? {} : { seen: first }) };
}
