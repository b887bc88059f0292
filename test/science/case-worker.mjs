// One thread that answers cases as they come: TypeScript is loaded as the command line loads it.
import { parentPort, workerData } from "node:worker_threads";
import { tsImport } from "tsx/esm/api";

const { answerCases } = await tsImport("./answer-cases.ts", import.meta.url);
parentPort?.on("message", async (cases) => parentPort?.postMessage(await answerCases(cases, workerData)));
