import { pino } from "pino";
import { loadConfig } from "@/server/config";
import { startWorker } from "@/server/worker/start-worker";

/** The worker as a process of its own: runs until SIGTERM or SIGINT, then stops in order. */
const log = pino();
const worker = await startWorker(await loadConfig(), { log });
const stop = () => {
  worker.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      log.error({ err: error }, "the worker did not stop in order");
      process.exit(1);
    },
  );
};
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
