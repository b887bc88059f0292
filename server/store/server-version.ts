import { sql } from "drizzle-orm";
import type { Reader } from "@/server/store/reader";

/** The version that the PostgreSQL server gives itself, such as `18.4`. */
export async function readServerVersion(db: Reader): Promise<string> {
  const { rows } = await db.execute(sql`show server_version`);
  return String(rows[0]?.server_version);
}
