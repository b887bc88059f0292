// One thread of the sea kernel's benchmark: TypeScript is loaded as the command line loads it.
import { parentPort } from "node:worker_threads";
import { tsImport } from "tsx/esm/api";

const { seaKernelSpeed } = await tsImport("./sea-speed.ts", import.meta.url);
parentPort?.on("message", () => parentPort?.postMessage(seaKernelSpeed()));
parentPort?.postMessage("ready");
