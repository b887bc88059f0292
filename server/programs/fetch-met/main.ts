import { fetchFiles } from "@/server/programs/fetch-met/fetch-files";
import { fetchMetJob } from "@/server/programs/fetch-met/job";
import { runProgram } from "@/server/programs/run-program";

// Brings a run's weather to its scratch: out/0000.nc, 0001.nc ... and out/met.json (type MetInventory).
await runProgram(fetchMetJob, async ({ params, out }, log) => {
  await fetchFiles(params.met, out, log);
});
