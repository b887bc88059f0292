import type { CommandContext } from "@/server/cli/command-context";
import { type Check, check } from "@/server/cli/doctor/check";
import { readFreed } from "@/server/store/collected";
import type { Database } from "@/server/store/database";

const windowMs = 30 * 86_400_000;

/** What the garbage collection has freed lately; the sizes of the folders stand beside it. */
export async function checkGarbage(context: CommandContext, db: Database): Promise<Check> {
  const { bytes, files, lastAt } = await readFreed(db, new Date(Date.now() - windowMs));
  const last = lastAt === null ? "" : ` (${lastAt.toISOString()})`;
  const fields = { freedGb: (bytes / 1e9).toFixed(3), files, last };
  return check(context, { id: "garbage", ok: true, key: "freed", fields });
}
