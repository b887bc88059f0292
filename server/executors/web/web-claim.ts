import { readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { claimFolder } from "@/server/executors/claim-folder";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";
import { isAlive, parseIdentity, readBootId, readProcess, writeIdentity } from "@/server/executors/process-identity";

type Attempt = { readonly token: string; readonly scratch: string };

/** Signs the claim of an attempt: this worker does it. */
export async function signClaim({ scratch, token }: Attempt): Promise<void> {
  const [row, bootId] = await Promise.all([readProcess(process.pid), readBootId()]);
  const identity = writeIdentity({ pid: process.pid, startTicks: row?.startTicks ?? "0", bootId });
  await writeFile(join(claimFolder(scratch, token), "worker"), identity);
}

/** Whether a web job has taken the attempt, and whether the worker that does it lives. */
export async function readWebClaim({ scratch, token }: Attempt): Promise<"none" | "live" | "dead"> {
  const text = await readIfThere(join(claimFolder(scratch, token), "worker"));
  if (text === null) return "none";
  const identity = parseIdentity(text);
  if (identity === null) return "dead";
  // What this process does it knows itself; see the runner.
  return identity.pid !== process.pid && (await isAlive(identity)) ? "live" : "dead";
}

const askedPath = ({ scratch, token }: Attempt) => join(claimFolder(scratch, token), "asked");
const cancelPath = ({ scratch, token }: Attempt) => join(claimFolder(scratch, token), "cancel");

/** Notes before something is asked that must not be asked twice; taken back when it was certainly not done. */
export async function noteAsked(attempt: Attempt, isAsked: boolean): Promise<void> {
  if (isAsked) await writeFile(askedPath(attempt), "", { flush: true });
  else await rm(askedPath(attempt), { force: true });
}

export const wasAsked = (attempt: Attempt): Promise<boolean> => isThere(askedPath(attempt));

/** A wish that the worker which does the job looks for, once a second. */
export const wishCancel = (attempt: Attempt): Promise<void> => writeFile(cancelPath(attempt), "");

export const isCancelWished = (attempt: Attempt): Promise<boolean> => isThere(cancelPath(attempt));

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasErrorCode(error, "ENOENT", "ENOTDIR")) return false;
    throw error;
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasErrorCode(error, "ENOENT", "ENOTDIR")) return null;
    throw error;
  }
}
