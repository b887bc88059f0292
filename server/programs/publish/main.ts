import { publishJob } from "@/server/programs/publish/job";
import { publishHour } from "@/server/programs/publish/publish-hour";
import { runProgram } from "@/server/programs/run-program";

await runProgram(publishJob, publishHour);
