import { findAffected } from "@/server/programs/affected/find-affected";
import { affectedJob } from "@/server/programs/affected/job";
import { runProgram } from "@/server/programs/run-program";

await runProgram(affectedJob, findAffected);
