import { join } from "node:path";
import { fetchFiles } from "@/server/programs/fetch-met/fetch-files";
import { fetchMetJob } from "@/server/programs/fetch-met/job";
import { runProgram } from "@/server/programs/run-program";

// Brings a run's weather to its scratch: out/met/0000.nc ... and out/met/met.json (type MetInventory).
await runProgram(fetchMetJob, async ({ params, out }, log) => {
  await fetchFiles(params.met, join(out, "met"), log);
});
