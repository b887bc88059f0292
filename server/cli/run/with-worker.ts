import { join } from "node:path";
import { pino } from "pino";
import { type CommandContext, sentence } from "@/server/cli/command-context";
import type { HostSession } from "@/server/cli/host-session";
import { hasLiveWorker } from "@/server/cli/run/has-live-worker";
import { startWorker } from "@/server/worker/start-worker";

/** Does the work with the worker of the running server, or with one in this process when there is none. */
export async function withWorker<T>(context: CommandContext, session: HostSession, work: () => Promise<T>): Promise<T> {
  if (await hasLiveWorker(session)) {
    console.error(sentence(context, "run", { key: "live-server" }));
    return work();
  }
  console.error(sentence(context, "run", { key: "in-process" }));
  const { config } = context;
  // A file: stdout belongs to the result, stderr to the progress.
  const log = pino(pino.destination({ dest: join(config.logPath, "worker.log"), append: true, sync: true }));
  const worker = await startWorker({ ...config, databaseUrl: session.databaseUrl }, { log });
  try {
    return await work();
  } finally {
    await worker.stop();
  }
}
