import { z } from "zod";
import type { EnsembleMember } from "@/lib/transport/ensemble-member";

const number = z.number();

/** Members of an ensemble as `plan-ensemble` writes them. */
export const memberList = z
  .array(
    z.object({
      number: number.int().positive(),
      seed: number.int().nonnegative(),
      startShiftSeconds: number,
      eastM: number,
      northM: number,
      windEastCells: number,
      windNorthCells: number,
      windSpeedFactor: number.positive(),
      windTurnRadians: number,
      riseM: number,
      emissionFactor: number.positive(),
      layerTopFactor: number.positive(),
    }) satisfies z.ZodType<EnsembleMember>,
  )
  .min(1);
