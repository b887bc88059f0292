import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { claimFolder } from "@/server/executors/claim-folder";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";
import { type ProcessIdentity, parseIdentity } from "@/server/executors/process-identity";

/** `process` is null for the instant between the claim and the wrapper's signing of it, and for a claim by a cancel. */
export type Claim = { readonly claimedAtMs: number; readonly process: ProcessIdentity | null };

/** Who took the scratch folder of an attempt; null when nobody did. */
export async function readClaim(scratch: string, token: string): Promise<Claim | null> {
  const folder = claimFolder(scratch, token);
  try {
    const claimedAtMs = (await stat(folder)).mtimeMs;
    return { claimedAtMs, process: parseIdentity(await readIfThere(join(folder, "pid"))) };
  } catch (error) {
    if (hasErrorCode(error, "ENOENT", "ENOTDIR")) return null;
    throw error;
  }
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasErrorCode(error, "ENOENT")) return "";
    throw error;
  }
}
