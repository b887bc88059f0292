import { hostname } from "node:os";
import type { HostSession } from "@/server/cli/host-session";
import { processStart } from "@/server/store/embedded/process-start";
import { readLiveWorkers } from "@/server/store/live-workers";

/** A worker beats every 15 s; one that was silent for this long is taken for dead. */
const SILENCE_MS = 45_000;

/** True when a worker takes part in this database; one of this machine must still run, since a kill leaves its row. */
export async function hasLiveWorker({ services }: HostSession): Promise<boolean> {
  const workers = await readLiveWorkers(services.db, new Date(Date.now() - SILENCE_MS));
  return workers.some(({ host, pid }) => host !== hostname() || processStart(pid) !== null);
}
