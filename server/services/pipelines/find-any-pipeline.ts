import { NereusError } from "@/lib/errors";
import { asId, type PipelineId } from "@/lib/ids";
import { importedModule } from "@/lib/interchange/imported-module";
import type { PipelineDefinition } from "@/lib/pipeline/definition";
import type { PipelineModule } from "@/lib/pipeline/pipeline-module";
import { findPipeline, pipelines } from "@/pipelines/registry";
import { readImportedPipeline, readImportedPipelines } from "@/server/store/imported-pipeline";
import type { Reader } from "@/server/store/reader";

/** The pipeline of that id, built in or imported, or null. */
export async function findAnyPipeline(db: Reader, id: string): Promise<PipelineModule | null> {
  const builtIn = findPipeline(id);
  if (builtIn !== null) return builtIn;
  const row = await readImportedPipeline(db, asId<PipelineId>(id));
  return row && toModule(row.definition);
}

/** @throws {NereusError} pipeline-unknown, with the ids that there are */
export async function demandPipeline(db: Reader, id: string): Promise<PipelineModule> {
  const module = await findAnyPipeline(db, id);
  if (module !== null) return module;
  const known = (await allPipelines(db)).map(({ definition }) => definition.id);
  throw new NereusError("pipeline-unknown", { pipeline: id, known: known.join(", ") });
}

/** The built-in pipelines, then the imported ones by id. */
async function allPipelines(db: Reader): Promise<readonly PipelineModule[]> {
  const imported = await readImportedPipelines(db);
  return [...pipelines, ...imported.map(({ definition }) => toModule(definition))];
}

/** @throws {NereusError} pipeline-unrunnable for one with imported nodes that cannot run here */
export function demandRunnable({ id, nodes }: PipelineDefinition): void {
  const wrong = nodes.filter(({ unrunnable }) => unrunnable !== undefined);
  if (wrong.length === 0) return;
  const shown = wrong.slice(0, 5).map((node) => `${node.id} (${node.unrunnable})`);
  const more = wrong.length > shown.length ? [`... (${wrong.length})`] : [];
  throw new NereusError("pipeline-unrunnable", { pipeline: id, nodes: [...shown, ...more].join(", ") });
}

function toModule(definition: PipelineDefinition): PipelineModule {
  return importedModule(definition, definition.preparedBy === undefined ? null : findPipeline(definition.preparedBy));
}
