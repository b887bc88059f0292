import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { DagArtifact } from "@/lib/dag/dag-state";
import { matchesGlob } from "@/lib/dag/glob";
import type { OperatorWish, WantedOutput } from "@/lib/dag/operator-wish";
import { NereusError } from "@/lib/errors";
import { type ArtifactId, type AttemptId, asId, type NodeId, type TaskId } from "@/lib/ids";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import type { ServiceContext } from "@/server/services/context";
import { keepFile } from "@/server/storage/keep-file";
import { requireInnerPath } from "@/server/storage/require-inner-path";
import { findCommitted, type HandMadeAttempt, type HandMadeOutput, type LentArtifact } from "@/server/store/hand-made";
import { mintId } from "@/server/store/mint-id";
import { readDefinition } from "@/server/store/pipeline-version";
import type { RunRow } from "@/server/store/run";

/** Outputs that a person gave for a task, their bytes in place. */
export type GivenOutputs = {
  /** Where files of this machine were copied to; null without any. */
  readonly attempt: HandMadeAttempt | null;
  readonly outputs: readonly HandMadeOutput[];
  /** Artifacts among them, as they were found. */
  readonly lent: readonly LentArtifact[];
  /** As the planner would see them, before anything is written. */
  imagined(taskId: TaskId): readonly DagArtifact[];
  /** Removes the copies again, when nothing came of the wish. */
  discard(): Promise<void>;
};

/**
 * Puts the outputs that a person gives for a task in their place: files of this machine are copied into a folder of
 * their own below the scratch, artifacts stay where they are. A preview copies nothing.
 * @throws {NereusError} output-file-not-allowed, output-wanted, output-publishes, artifact-unknown, file-unreadable,
 *   path-leaves-scratch, disk-full
 */
export async function provideOutputs(
  ctx: ServiceContext,
  run: RunRow,
  wish: OperatorWish & { readonly preview?: boolean },
): Promise<GivenOutputs> {
  const wanted = wish.outputs ?? [];
  const file = wanted.find((output) => output.kind === "file");
  if (file !== undefined && ctx.actor.kind !== "host")
    throw new NereusError("output-file-not-allowed", { file: file.file });
  const chosen = await Promise.all(wanted.map((output) => pathOf(ctx, output)));
  await demandWanted(ctx, run, { node: wish.node, paths: chosen.map(({ path }) => path) });
  const token = mintId("t", ctx.now());
  const scratch = join(ctx.config.scratchPath, run.id, wish.node ?? "", `hand-${token}`);
  const attempt = { id: asId<AttemptId>(mintId("x", ctx.now())), token, scratch };
  const folder = join(scratch, "out");
  const discard = () => rm(scratch, { recursive: true, force: true });
  try {
    const outputs: HandMadeOutput[] = [];
    const lent: LentArtifact[] = [];
    for (const one of chosen) {
      const id = asId<ArtifactId>(mintId("a", ctx.now()));
      if (one.known !== null) {
        outputs.push({ id, ...one.known });
        lent.push({ id: one.artifactId, attemptId: one.known.attemptId });
      } else {
        const kept = wish.preview ? { sizeBytes: 0, sha256: "" } : await keepFile(one.file, { folder, path: one.path });
        outputs.push({ id, path: one.path, ...kept, mimeType: null, metadata: {}, attemptId: attempt.id });
      }
    }
    return {
      attempt: file === undefined ? null : attempt,
      outputs,
      lent,
      imagined: (taskId) => outputs.map((output) => imagine(output, taskId, asId<NodeId>(wish.node ?? ""))),
      discard,
    };
  } catch (error) {
    await discard();
    throw error;
  }
}

type Chosen =
  | { readonly path: string; readonly known: null; readonly file: string }
  | { readonly path: string; readonly known: Omit<HandMadeOutput, "id">; readonly artifactId: ArtifactId };

async function pathOf(ctx: ServiceContext, output: WantedOutput): Promise<Chosen> {
  if (output.kind === "file") return { path: requireInnerPath(output.path), known: null, file: output.file };
  const artifactId = asId<ArtifactId>(output.artifactId);
  const known = await findCommitted(ctx.db, artifactId);
  if (known === null) throw new NereusError("artifact-unknown", { artifact: artifactId });
  return { path: known.path, known, artifactId };
}

/** What the node has to make is demanded of a person too; a node that publishes hands its files to the store as well. */
async function demandWanted(
  ctx: ServiceContext,
  run: RunRow,
  given: { readonly node: string | undefined; readonly paths: readonly string[] },
): Promise<void> {
  const definition = await readDefinition(ctx.db, run.versionHash);
  const node: NodeDefinition | undefined = definition?.nodes.find(({ id }) => id === given.node);
  if (node === undefined) return;
  if (node.product !== undefined) throw new NereusError("output-publishes", { node: node.id, product: node.product });
  const missing = node.outputs.find(
    ({ required, pattern }) => required && !given.paths.some((path) => matchesGlob(pattern, path)),
  );
  if (missing !== undefined) throw new NereusError("output-wanted", { node: node.id, pattern: missing.pattern });
}

const imagine = (output: HandMadeOutput, taskId: TaskId, nodeId: NodeId): DagArtifact => ({
  ...{ id: output.id, nodeId, taskId, path: output.path, key: output.path, originId: null },
  ...{ sizeBytes: output.sizeBytes, mimeType: output.mimeType, metadata: output.metadata },
});
