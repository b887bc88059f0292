import { pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { PipelineId, UserId } from "@/lib/ids";
import type { ImportFormat } from "@/lib/interchange/file-formats";
import { pipelineVersion } from "./engine";

const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** Pipelines that came from a file, each with the version that new runs take; older versions stay with their runs. */
export const importedPipeline = pgTable("imported_pipeline", {
  pipelineId: text("pipeline_id").$type<PipelineId>().primaryKey(),
  versionHash: text("version_hash")
    .notNull()
    .references(() => pipelineVersion.hash),
  /** Format of the file. */
  format: text("format").$type<ImportFormat>().notNull(),
  /** Name of the file, as its sender called it. */
  source: text("source").notNull(),
  /** Null when the host's command line did it. */
  importedBy: text("imported_by").$type<UserId>(),
  importedAt: at("imported_at").notNull(),
});
