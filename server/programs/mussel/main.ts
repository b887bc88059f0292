import { musselJob } from "@/server/programs/mussel/job";
import { writeStatus } from "@/server/programs/mussel/write-status";
import { runProgram } from "@/server/programs/run-program";

await runProgram(musselJob, writeStatus);
