import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import * as accounts from "@/drizzle/schema/accounts";
import * as cycles from "@/drizzle/schema/cycles";
import * as engine from "@/drizzle/schema/engine";
import * as external from "@/drizzle/schema/external";
import * as failures from "@/drizzle/schema/failures";
import * as interchange from "@/drizzle/schema/interchange";
import * as portal from "@/drizzle/schema/portal";
import * as retention from "@/drizzle/schema/retention";
import * as reuse from "@/drizzle/schema/reuse";
import * as waits from "@/drizzle/schema/waits";

const schema = {
  ...{ ...accounts, ...cycles, ...engine, ...external, ...failures },
  ...{ ...interchange, ...portal, ...retention, ...reuse, ...waits },
};

export type Database = NodePgDatabase<typeof schema>;
export type Tx = Parameters<Parameters<Database["transaction"]>[0]>[0];
export type OpenDatabase = { db: Database; pool: Pool; url: string; close(): Promise<void> };

/**
 * Opens a pool on a PostgreSQL. Connects at the first query; `migrate` is what says early that nothing answers.
 * A connection that breaks while idle is dropped by the pool and replaced at the next query.
 */
export function openDatabase(url: string, options: { maxConnections?: number } = {}): OpenDatabase {
  const pool = new Pool({
    connectionString: url,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: 10_000,
    // Kept however long it rests: a new one costs 10 ms for its password and as much again for its first plans.
    idleTimeoutMillis: 0,
  });
  // Without both handlers a server that goes away ends the process; the query that needs it fails by itself.
  pool.on("error", ignoreLostConnection);
  pool.on("connect", (client) => client.on("error", ignoreLostConnection));
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= pool.end();
    return closing;
  };
  return { db: drizzle(pool, { schema }), pool, url, close };
}

function ignoreLostConnection(): undefined {
  return undefined;
}
