import { z } from "zod";

const reason = z.object({
  sources: z.array(z.object({ name: z.string(), share: z.number(), ageHours: z.number() })),
  overflowShare: z.number(),
  rainMm: z.number(),
  currentMs: z.number(),
  currentTowardsDegrees: z.number(),
});

const label = z.object({ code: z.string(), text: z.object({ en: z.string(), it: z.string() }) });

/** `predicted-status.json`: what a run says of its farms, as the pages read it. */
export const statusReportSchema = z.object({
  model: z.string(),
  runId: z.string(),
  seed: z.number(),
  demonstration: z.boolean(),
  degraded: z.array(label),
  limitsMpnPer100g: z.array(z.number()),
  farms: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      depthM: z.number(),
      days: z.array(
        z.object({
          day: z.number().int(),
          fromUtc: z.string(),
          toUtc: z.string(),
          hours: z.number(),
          notAbove: z.array(z.number()),
          medianMpn: z.number(),
          p90Mpn: z.number(),
          waterMax: z.number(),
          belowDetection: z.boolean(),
          reason: reason.nullable(),
        }),
      ),
    }),
  ),
});
export type StatusReport = z.output<typeof statusReportSchema>;
