import { buildGraph } from "@/lib/dag/graph";
import { NereusError } from "@/lib/errors";
import type { PipelineId } from "@/lib/ids";
import type { ImportFormat } from "@/lib/interchange/file-formats";
import { type PipelineFile, readPipelineFile } from "@/lib/interchange/read-pipeline-file";
import { suggestName } from "@/lib/nearest-name";
import type { PipelineDefinition } from "@/lib/pipeline/definition";
import { findSetProblem } from "@/lib/pipeline/find-set-problem";
import { waitPool } from "@/lib/pipeline/wait-pool";
import { findPipeline, pipelines } from "@/pipelines/registry";
import { auditActor } from "@/server/services/audit-actor";
import type { ServiceContext } from "@/server/services/context";
import { demand } from "@/server/services/permissions";
import { bundledPrograms, currentVersion } from "@/server/services/runs/program-versions";
import { addAudit } from "@/server/store/audit";
import { readImportedPipeline, readImportedPipelines, saveImportedPipeline } from "@/server/store/imported-pipeline";
import { savePipelineVersion } from "@/server/store/pipeline-version";

export type ImportWish = {
  /** Name of the file, for messages and the record. */
  readonly name: string;
  readonly text: string;
  readonly format?: ImportFormat;
  /** The id to import it under, in place of its own. */
  readonly id?: string;
  /** Checks all and stores nothing. */
  readonly preview?: boolean;
};

export type ImportResult = {
  readonly pipelineId: PipelineId;
  readonly format: ImportFormat;
  readonly version: string;
  /** The version that new runs took before; null for a pipeline that was not there. */
  readonly previousVersion: string | null;
  readonly change: "new" | "changed" | "unchanged";
  readonly nodes: readonly { readonly id: string; readonly unrunnable: string | null }[];
};

/**
 * Stores the pipeline of a file as the version that new runs take; runs that there are keep theirs. All or nothing.
 * @throws {NereusError} import-invalid, import-format, import-built-in, definition-invalid, reference-invalid, not-permitted
 */
export async function importPipeline(ctx: ServiceContext, wish: ImportWish): Promise<ImportResult> {
  demand(ctx.actor, "import pipelines");
  const file = readPipelineFile(wish);
  const definition = withBase(file, wish.name);
  await checkPrograms(definition, { file: wish.name, programsPath: ctx.config.programsPath });
  await checkSet(ctx, definition);
  checkPools(definition, { file: wish.name, pools: poolsOf(ctx.config) });
  const graph = buildGraph(definition);
  const version = await currentVersion(definition, ctx.config.programsPath);
  const { id: pipelineId } = definition;
  const stored = { pipelineId, versionHash: version, format: file.format, source: wish.name };
  return ctx.db.transaction(async (tx) => {
    const previousVersion = (await readImportedPipeline(tx, pipelineId))?.versionHash ?? null;
    const change = previousVersion === null ? "new" : previousVersion === version ? "unchanged" : "changed";
    const nodes = definition.nodes.map(({ id, unrunnable }) => ({ id, unrunnable: unrunnable ?? null }));
    const result = { pipelineId, format: file.format, version, previousVersion, change, nodes } as const;
    if (wish.preview || change === "unchanged") return result;
    const importedBy = ctx.actor.kind === "user" ? ctx.actor.userId : null;
    await savePipelineVersion(tx, version, { definition, graph });
    await saveImportedPipeline(tx, { ...stored, importedBy, importedAt: ctx.now() });
    const detail = { version, previousVersion, format: file.format, source: wish.name };
    await addAudit(tx, { ...auditActor(ctx.actor), verb: "import a pipeline", subject: pipelineId, detail });
    return result;
  });
}

/** A copy of a built-in pipeline is completed by it; any other that asks for completion names who does it. */
function withBase({ definition, ownId }: PipelineFile, file: string): PipelineDefinition {
  if (findPipeline(definition.id) !== null) throw new NereusError("import-built-in", { pipeline: definition.id });
  const preparedBy = definition.preparedBy ?? findPipeline(ownId)?.definition.id;
  const refuse = (place: string, problem: string) => new NereusError("import-invalid", { file, place, problem });
  if (preparedBy === undefined) {
    if (definition.prepared === undefined || definition.prepared.length === 0) return definition;
    throw refuse("prepared", "nothing adds these fields; name the built-in pipeline that does in “preparedBy”.");
  }
  const base = findPipeline(preparedBy)?.definition;
  if (base === undefined) {
    const known = pipelines.map((one) => one.definition.id);
    throw refuse("preparedBy", `there is no built-in pipeline “${preparedBy}”.${suggestName(preparedBy, known)}`);
  }
  const added = base.prepared ?? [];
  const unknown = definition.prepared?.find((field) => !added.includes(field));
  if (unknown !== undefined)
    throw refuse("prepared", `${preparedBy} adds no “${unknown}”.${suggestName(unknown, added)}`);
  return { ...definition, preparedBy };
}

/** With the pipelines that there are, the imported one in place of the one that it replaces. */
async function checkSet({ db }: ServiceContext, definition: PipelineDefinition): Promise<void> {
  const imported = (await readImportedPipelines(db)).map((row) => row.definition);
  const others = [...pipelines.map((one) => one.definition), ...imported].filter(({ id }) => id !== definition.id);
  const wrong = findSetProblem([...others, definition]);
  if (wrong !== null) throw new NereusError("definition-invalid", wrong);
}

async function checkPrograms(
  definition: PipelineDefinition,
  where: { readonly file: string; readonly programsPath: string },
): Promise<void> {
  if (definition.nodes.every((node) => node.kind !== "program")) return;
  const known = await bundledPrograms(where.programsPath);
  definition.nodes.forEach((node, index) => {
    if (node.kind !== "program" || known.includes(node.program)) return;
    const place = `nodes[${index}].program (node ${node.id})`;
    const problem = `there is no program “${node.program}”.${suggestName(node.program, known)}`;
    throw new NereusError("import-invalid", { file: where.file, place, problem });
  });
}

/** Pools of this machine and of its sites. */
const poolsOf = ({ slots, sites }: ServiceContext["config"]): readonly string[] => [
  ...new Set([...Object.keys(slots), waitPool, ...Object.values(sites).flatMap(({ pools }) => Object.keys(pools))]),
];

/** A task of a pool that nobody serves would wait for ever. */
function checkPools(
  { nodes }: PipelineDefinition,
  where: { readonly file: string; readonly pools: readonly string[] },
): void {
  const index = nodes.findIndex(({ pool }) => !where.pools.includes(pool));
  const node = nodes[index];
  if (node === undefined) return;
  const place = `nodes[${index}].pool (node ${node.id})`;
  const problem = `no site here has a pool “${node.pool}”.${suggestName(node.pool, where.pools)}`;
  throw new NereusError("import-invalid", { file: where.file, place, problem });
}
