import { setFlagsFromString } from "node:v8";
import { isMainThread } from "node:worker_threads";
import { bacteriaJob } from "@/server/programs/bacteria/job";
import { runBacteria } from "@/server/programs/bacteria/run-bacteria";
import { servePart } from "@/server/programs/bacteria/serve-part";
import { runProgram } from "@/server/programs/run-program";

// As for the air: with V8's default budget half of the inner loop's short functions are called, which boxes their numbers.
setFlagsFromString("--max-inlined-bytecode-size=3000");
setFlagsFromString("--max-inlined-bytecode-size-cumulative=6000");

// The bundle is one file: a thread starts the same one.
if (isMainThread) await runProgram(bacteriaJob, (job, log) => runBacteria(job, log, new URL(import.meta.url)));
else servePart();
