import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import { type Client, DatabaseError } from "pg";
import { NereusError } from "@/lib/errors";
import { connect } from "@/server/store/connect";

const OLDEST_MAJOR = 15;
/** Any constant of ours: two processes that start at once migrate one after the other. */
const LOCK_KEY = 710_415_771;

/**
 * Brings a database to the newest schema; a second call changes nothing.
 * @throws {NereusError} `database-unreachable`, `database-too-old`
 */
export async function migrate(url: string): Promise<void> {
  const client = await connect(url);
  try {
    await demandVersion(client);
    await client.query("select pg_advisory_lock($1)", [LOCK_KEY]);
    await client.query("set client_min_messages to warning");
    await applyMigrations(drizzle(client), { migrationsFolder: join(drizzleFolder(), "migrations") });
    await createFunctions(client);
  } finally {
    await client.end();
  }
}

async function demandVersion(client: Client): Promise<void> {
  const { rows } = await client.query<{ server_version: string }>("show server_version");
  const version = rows[0]?.server_version ?? "unknown";
  if (Number.parseInt(version, 10) >= OLDEST_MAJOR) return;
  throw new NereusError("database-too-old", { version, needed: String(OLDEST_MAJOR) });
}

/** Functions hold no data: those of this version replace whatever is there, in one transaction. */
async function createFunctions(client: Client): Promise<void> {
  const folder = join(drizzleFolder(), "functions");
  const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  const text = files.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  try {
    await client.query(text);
  } catch (error) {
    // One of another version gives something else, and is not simply replaced.
    if (!(error instanceof DatabaseError) || error.code !== invalidFunctionDefinition) throw error;
    await client.query(`${dropFunctions};\n${text}`);
  }
}

const invalidFunctionDefinition = "42P13";

const dropFunctions = `do $$
declare
  old regprocedure;
begin
  for old in select oid::regprocedure from pg_proc
    where proname like 'nereus\\_%' and pronamespace = current_schema()::regnamespace
  loop
    execute 'drop function ' || old;
  end loop;
end $$`;

/** It lies two levels above this source file and one above its bundle in dist/. */
function drizzleFolder(): string {
  const folders = ["../../drizzle", "../drizzle"].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const folder = folders.find((candidate) => existsSync(join(candidate, "migrations/meta/_journal.json")));
  if (folder === undefined) throw new Error(`no migrations in ${folders.join(" or ")}`);
  return folder;
}
