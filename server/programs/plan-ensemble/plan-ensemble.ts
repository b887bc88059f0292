import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawMember } from "@/lib/transport/ensemble-member";
import type { PlanEnsembleJob } from "@/server/programs/plan-ensemble/job";
import type { ProgramLog } from "@/server/programs/run-program";

/** Writes `groups/members_001.json` and its followers: one file for each task of the ensemble, named by its first member. */
export async function planEnsemble({ params, out }: PlanEnsembleJob, log: ProgramLog): Promise<void> {
  const folder = join(out, "groups");
  await mkdir(folder, { recursive: true });
  for (let first = 1; first <= params.members; first += params.membersPerTask) {
    const count = Math.min(params.membersPerTask, params.members - first + 1);
    const members = Array.from({ length: count }, (_, at) =>
      drawMember(params.seed, first + at, params.emissionVariation),
    );
    const path = join(folder, `members_${String(first).padStart(3, "0")}.json`);
    await writeFile(`${path}.part`, `${JSON.stringify(members, null, 2)}\n`);
    await rename(`${path}.part`, path);
  }
  log(`drew ${params.members} members`);
}
