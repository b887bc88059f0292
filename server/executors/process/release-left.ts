import { existsSync } from "node:fs";
import { join } from "node:path";
import { runToEnd } from "@/server/executors/connection/run-to-end";
import { scratchNames } from "@/server/executors/runner";

/** For an engine of containers to remove one. */
const releaseSeconds = 15;

/**
 * Takes away the container of a job whose wrapper ended without a word, and so without doing it. What the engine says is its
 * own affair: a container that is gone is no failure.
 */
export async function releaseLeft(scratch: string): Promise<void> {
  const script = join(scratch, "release.sh");
  if (!existsSync(script) || existsSync(join(scratch, scratchNames.sentinel))) return;
  await runToEnd(["/bin/bash", script], { timeoutSeconds: releaseSeconds });
}
