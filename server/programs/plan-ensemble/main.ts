import { planEnsembleJob } from "@/server/programs/plan-ensemble/job";
import { planEnsemble } from "@/server/programs/plan-ensemble/plan-ensemble";
import { runProgram } from "@/server/programs/run-program";

await runProgram(planEnsembleJob, planEnsemble);
