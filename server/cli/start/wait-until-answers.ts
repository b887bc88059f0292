import { setTimeout as wait } from "node:timers/promises";
import { NereusError } from "@/lib/errors";

const TIMEOUT_SECONDS = 60;

/**
 * Returns when a web server answers at the address, with whatever status.
 * @throws {NereusError} `command-timed-out` after a minute
 */
export async function waitUntilAnswers(address: string, signal: AbortSignal): Promise<void> {
  const deadline = AbortSignal.timeout(TIMEOUT_SECONDS * 1000);
  const either = AbortSignal.any([signal, deadline]);
  while (!(await answers(address, either))) {
    signal.throwIfAborted();
    if (deadline.aborted)
      throw new NereusError("command-timed-out", { command: `GET ${address}`, seconds: TIMEOUT_SECONDS });
    await wait(50);
  }
}

async function answers(address: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(address, { signal, redirect: "manual" });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
