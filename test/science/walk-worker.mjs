// One thread of a walk: TypeScript is loaded as the command line loads it.
import { parentPort, workerData } from "node:worker_threads";
import { tsImport } from "tsx/esm/api";

const { walkPart } = await tsImport("./walk-part.ts", import.meta.url);
parentPort?.postMessage(walkPart(workerData));
