import { z } from "zod";
import type { Sentinel } from "@/server/executors/runner";

const schema = z.object({
  token: z.string(),
  exitCode: z.number().int(),
  signal: z.string().nullable(),
  startedAtMs: z.number(),
  endedAtMs: z.number(),
  maxRssBytes: z.number().nullable(),
  host: z.string(),
  timedOut: z.boolean(),
  isFinal: z.boolean().optional(),
  stopped: z.boolean().optional(),
});

/**
 * The sentinel in `text`, or null when it is absent, half written or of another token: none of these proves an end.
 */
export function parseSentinel(text: string, token: string): Sentinel | null {
  if (text === "") return null;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success && parsed.data.token === token ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
