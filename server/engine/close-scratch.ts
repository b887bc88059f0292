import type { Site } from "@/server/engine/engine";
import type { AttemptRef } from "@/server/store/attempt";

/**
 * Makes sure that a job of which nothing was found never begins: a submission whose answer was lost may still be on its
 * way. Only then the task may be done by another attempt (EXECUTION.md, C1 and S3).
 * @throws what the site throws: then nothing is sure, and the attempt stays as it is until the site answers
 */
export const closeScratch = (site: Site, { token, scratch, jobId }: Pick<AttemptRef, "token" | "scratch" | "jobId">) =>
  site.runner.cancel({ token, scratch, jobId: jobId ?? "" }, 0);
