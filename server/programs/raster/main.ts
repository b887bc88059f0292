import { z } from "zod";
import { cutWindows } from "@/server/programs/raster/cut-windows";
import { describeItem } from "@/server/programs/raster/describe-item";
import { cogJob, collectionJob, itemJob, mosaicJob, tilesJob, validateJob } from "@/server/programs/raster/job";
import { joinMosaic } from "@/server/programs/raster/join-mosaic";
import { validateRaster } from "@/server/programs/raster/validate-raster";
import { writeCollection } from "@/server/programs/raster/write-collection";
import { writeTile } from "@/server/programs/raster/write-tile";
import { type ProgramLog, runProgram } from "@/server/programs/run-program";

const step = <Schema extends z.ZodType>(
  schema: Schema,
  work: (job: z.output<Schema>, log: ProgramLog) => Promise<void>,
) => schema.transform((job) => (log: ProgramLog) => work(job, log));

// The steps of the pipeline `raster-ingest`, each a job of its own, named by `params.step`.
const steps = z.union([
  step(validateJob, validateRaster),
  step(tilesJob, cutWindows),
  step(cogJob, writeTile),
  step(itemJob, describeItem),
  step(mosaicJob, joinMosaic),
  step(collectionJob, writeCollection),
]);

await runProgram(steps, (work, log) => work(log));
