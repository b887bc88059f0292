import { runProgram } from "@/server/programs/run-program";
import { smokeStatisticsJob } from "@/server/programs/smoke-statistics/job";
import { smokeStatistics } from "@/server/programs/smoke-statistics/smoke-statistics";

await runProgram(smokeStatisticsJob, smokeStatistics);
