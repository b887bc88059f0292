import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";

/** The folder whose making claims an attempt: one maker wins (EXECUTION.md, C4). */
export const claimFolder = (scratch: string, token: string): string => join(scratch, `.claim-${token}`);

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
    // Without its folder nothing can begin.
    if (hasErrorCode(error, "ENOENT")) return true;
    throw error;
  }
}
