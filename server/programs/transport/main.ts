import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { NereusError } from "@/lib/errors";
import { inventorySchema } from "@/lib/formats/wrf/inventory-schema";
import { readFrame } from "@/lib/formats/wrf/read-frame";
import { openNetcdf } from "@/server/formats/open-netcdf";
import { runProgram } from "@/server/programs/run-program";
import { transportJob } from "@/server/programs/transport/job";
import { runTransport } from "@/server/programs/transport/run-transport";

// The inner loops are short functions; with V8's default budget half of them are called, which boxes their numbers
// (measured: a quarter more particle-steps per core-second).
setFlagsFromString("--max-inlined-bytecode-size=3000");
setFlagsFromString("--max-inlined-bytecode-size-cumulative=6000");

await runProgram(transportJob, async ({ params, inputs, out }, log) => {
  const { grid } = params.product;
  if (grid.kind !== "latlon")
    throw new NereusError("input-invalid", { field: "product.grid", problem: "a longitude-latitude grid is expected" });
  const inventory = inventorySchema.parse(JSON.parse(await readFile(join(inputs.met, "met.json"), "utf8")));
  await runTransport({
    params,
    grid,
    frames: inventory.frames,
    out,
    log,
    async readFrame(frame, window) {
      const file = inventory.files[frame.file];
      const dataset = await openNetcdf(join(inputs.met, file?.path ?? ""));
      try {
        return await readFrame(dataset, frame, window);
      } finally {
        await dataset.close();
      }
    },
  });
});
