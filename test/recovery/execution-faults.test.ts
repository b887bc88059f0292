import { expect, test } from "vitest";
import { executionFaults } from "@/test/bench/execution/faults";
import { whyNoSlurm } from "@/test/fixtures/a-slurm";
import { whyNoSshd } from "@/test/fixtures/an-sshd";

const reason = whyNoSlurm() ?? whyNoSshd();
const isLong = process.env.NEREUS_LONG === "1";
/** The short one meets every victim at least once. */
const short = { jobs: 18, everyMs: 3000, longestAwayMs: 5000, withinSeconds: 400 };
const long = { jobs: 240, everyMs: 8000, longestAwayMs: 12_000, withinSeconds: 1500 };
const campaign = isLong ? long : short;

test.skipIf(reason !== null)(
  `every job has one result, rightly judged, while worker, sshd, controller, nodes and database are killed${reason === null ? "" : `: ${reason}`}`,
  async () => {
    const { figures } = await executionFaults(campaign);
    expect(figures).toMatchObject({ jobs: campaign.jobs, lost: 0, duplicates: 0, misjudged: 0 });
  },
  (campaign.withinSeconds + 120) * 1000,
);
