import { expect, test } from "vitest";
import { queueReport } from "@/server/services/external/report-queue";

const report = (secretHash: string) => ({
  ...{ secretHash, about: `${secretHash}/w` },
  write: () => Promise.resolve(),
  giveUp: () => undefined,
});

test("one token alone does not fill the queue", () => {
  const kept = Array.from({ length: 2001 }, () => queueReport(report("loud")));
  expect(kept.filter(Boolean)).toHaveLength(2000);
  expect(queueReport(report("calm"))).toBe(true);
});
