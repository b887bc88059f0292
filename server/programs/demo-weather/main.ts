import { demoWeatherJob } from "@/server/programs/demo-weather/job";
import { simulateCycle } from "@/server/programs/demo-weather/simulate-cycle";
import { runProgram } from "@/server/programs/run-program";

await runProgram(demoWeatherJob, simulateCycle);
