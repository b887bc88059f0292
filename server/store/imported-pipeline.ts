import { asc, eq, sql } from "drizzle-orm";
import { pipelineVersion } from "@/drizzle/schema/engine";
import { importedPipeline } from "@/drizzle/schema/interchange";
import type { PipelineId } from "@/lib/ids";
import type { PipelineDefinition } from "@/lib/pipeline/definition";
import type { Tx } from "@/server/store/database";
import type { Reader } from "@/server/store/reader";

export type ImportedPipeline = typeof importedPipeline.$inferSelect & { readonly definition: PipelineDefinition };

const columns = {
  pipelineId: importedPipeline.pipelineId,
  versionHash: importedPipeline.versionHash,
  format: importedPipeline.format,
  source: importedPipeline.source,
  importedBy: importedPipeline.importedBy,
  importedAt: importedPipeline.importedAt,
  definition: pipelineVersion.definition,
};

export async function readImportedPipeline(db: Reader, id: PipelineId): Promise<ImportedPipeline | null> {
  const [row] = await db
    .select(columns)
    .from(importedPipeline)
    .innerJoin(pipelineVersion, eq(pipelineVersion.hash, importedPipeline.versionHash))
    .where(eq(importedPipeline.pipelineId, id));
  return row ?? null;
}

export async function readImportedPipelines(db: Reader): Promise<readonly ImportedPipeline[]> {
  return db
    .select(columns)
    .from(importedPipeline)
    .innerJoin(pipelineVersion, eq(pipelineVersion.hash, importedPipeline.versionHash))
    .orderBy(asc(importedPipeline.pipelineId));
}

/** Makes this version the current one; the row of the version itself is there already. */
export async function saveImportedPipeline(tx: Tx, values: typeof importedPipeline.$inferInsert): Promise<void> {
  await tx
    .insert(importedPipeline)
    .values(values)
    .onConflictDoUpdate({
      target: importedPipeline.pipelineId,
      set: {
        versionHash: sql`excluded.version_hash`,
        format: sql`excluded.format`,
        source: sql`excluded.source`,
        importedBy: sql`excluded.imported_by`,
        importedAt: sql`excluded.imported_at`,
      },
    });
}
