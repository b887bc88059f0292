import { runProgram } from "@/server/programs/run-program";
import { standInJob } from "@/server/programs/stand-in/job";
import { runStandIn } from "@/server/programs/stand-in/run-stand-in";

await runProgram(standInJob, runStandIn);
