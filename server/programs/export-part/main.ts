import { exportPart } from "@/server/programs/export-part/export-part";
import { exportPartJob } from "@/server/programs/export-part/job";
import { runProgram } from "@/server/programs/run-program";

// Makes what a visitor downloads, so it runs contained: its time and memory are limited, however much is asked for.
await runProgram(exportPartJob, exportPart);
