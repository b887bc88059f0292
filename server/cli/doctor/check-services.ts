import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findPipeline } from "@/pipelines/registry";
import type { CommandContext } from "@/server/cli/command-context";
import { type Check, check } from "@/server/cli/doctor/check";
import type { MetSourceConfig } from "@/server/config-schema";
import type { Database } from "@/server/store/database";
import { findMetInventory } from "@/server/store/find-met-inventory";
import { readServerVersion } from "@/server/store/server-version";

/** The database, the bundled programs and where weather comes from. */
export async function checkServices(context: CommandContext, db: Database): Promise<readonly Check[]> {
  const version = await readServerVersion(db);
  const kind = context.config.databaseUrl === null ? "embedded" : "DATABASE_URL";
  const database = check(context, { id: "database", ok: true, key: "database", fields: { version, kind } });
  const sources = Object.entries(context.config.metSources).map(([name, source]) =>
    checkMetSource(context, { db, name, source }),
  );
  return [database, checkPrograms(context), ...(await Promise.all(sources))];
}

function checkPrograms(context: CommandContext): Check {
  const path = join(context.config.programsPath, "versions.json");
  if (!existsSync(path)) return check(context, { id: "programs", ok: false, key: "programs-missing" });
  const names = Object.keys(JSON.parse(readFileSync(path, "utf8"))).join(", ");
  return check(context, { id: "programs", ok: true, key: "programs", fields: { names } });
}

async function checkMetSource(
  context: CommandContext,
  { db, name, source }: { db: Database; name: string; source: MetSourceConfig },
): Promise<Check> {
  const id = `met-source-${name}`;
  const fault = findFault(source);
  if (fault !== null) {
    const detail = check(context, { id, ok: false, ...fault }).message;
    return check(context, { id, ok: false, key: "met-source-absent", fields: { name, detail } });
  }
  const frames = (await findMetInventory(db, name))?.frames ?? [];
  const [first, last] = [frames[0]?.validAtUtc, frames.at(-1)?.validAtUtc];
  const detail = first === undefined ? "-" : `${first} .. ${last}`;
  return check(context, { id, ok: true, key: "met-source", fields: { name, kind: source.kind, detail } });
}

function findFault(source: MetSourceConfig) {
  if (source.kind === "pipeline" && findPipeline(source.pipeline) === null)
    return { key: "met-pipeline-missing", fields: { pipeline: source.pipeline } } as const;
  if (source.kind === "folder" && !canList(source.path))
    return { key: "met-folder-missing", fields: { path: source.path } } as const;
  return null;
}

function canList(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}
