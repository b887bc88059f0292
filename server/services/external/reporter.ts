import { createHash } from "node:crypto";
import { isNereusError, NereusError } from "@/lib/errors";
import { findDagonToken } from "@/server/store/dagon-token";
import type { Database } from "@/server/store/database";

/** Who reports runs of another system: whoever holds the secret of a token. It may report and nothing else. */
export type Reporter = { readonly tokenId: string; readonly label: string };

export const hashSecret = (secret: string): string => createHash("sha256").update(secret).digest("hex");

/** @throws {NereusError} dagon-token-unknown for a secret that never was or was revoked */
export async function findReporter(db: Database, secret: string): Promise<Reporter> {
  const row = await findDagonToken(db, hashSecret(secret));
  if (row === null) throw new NereusError("dagon-token-unknown", { token: `${secret.slice(0, 4)}...` });
  return { tokenId: row.id, label: row.label };
}

/**
 * The same; null when the database cannot tell now, as while it is away.
 * @throws {NereusError} dagon-token-unknown
 */
export async function findReporterOrNull(db: Database, secret: string): Promise<Reporter | null> {
  try {
    return await findReporter(db, secret);
  } catch (error) {
    if (isNereusError(error)) throw error;
    return null;
  }
}
