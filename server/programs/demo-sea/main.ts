import { demoSeaJob } from "@/server/programs/demo-sea/job";
import { simulateSea } from "@/server/programs/demo-sea/simulate-sea";
import { runProgram } from "@/server/programs/run-program";

await runProgram(demoSeaJob, simulateSea);
