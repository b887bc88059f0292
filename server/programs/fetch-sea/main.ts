import { fetchSea } from "@/server/programs/fetch-sea/fetch-sea";
import { fetchSeaJob } from "@/server/programs/fetch-sea/job";
import { runProgram } from "@/server/programs/run-program";

// Brings a run's ocean files to its scratch: out/0000.nc, 0001.nc ... and out/sea.json (type SeaInventory).
await runProgram(fetchSeaJob, fetchSea);
