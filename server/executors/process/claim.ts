import { mkdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";
import type { ProcessIdentity } from "@/server/executors/process/process-table";

/** `process` is null for the instant between the claim and the wrapper's signing of it, and for a claim by a cancel. */
export type Claim = { readonly claimedAtMs: number; readonly process: ProcessIdentity | null };

const claimFolder = (scratch: string, token: string) => join(scratch, `.claim-${token}`);

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

/**
 * Takes the claim so that a copy of the job that has not begun never will.
 * @returns false when another holds it
 */
export async function takeClaim(scratch: string, token: string): Promise<boolean> {
  try {
    await mkdir(claimFolder(scratch, token));
    return true;
  } catch (error) {
    if (hasErrorCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** `pid startTicks bootId`: what the wrapper signs its claim with, and the job id of this runner. */
export const writeIdentity = (identity: ProcessIdentity): string =>
  `${identity.pid} ${identity.startTicks} ${identity.bootId}`;

/** Reads what {@link writeIdentity} wrote; null for anything else. */
export function parseIdentity(text: string): ProcessIdentity | null {
  const [pid, startTicks, bootId] = text.trim().split(" ");
  if (pid === undefined || startTicks === undefined || bootId === undefined || !/^\d+$/.test(pid)) return null;
  return { pid: Number(pid), startTicks, bootId };
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasErrorCode(error, "ENOENT")) return "";
    throw error;
  }
}
