import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { EnsembleMember } from "@/lib/transport/ensemble-member";
import { fireOfRequest } from "@/lib/transport/fire-of-request";
import type { Fire } from "@/lib/transport/fire-release";
import { outputSampling } from "@/lib/transport/output-sampling";
import { fireOfMember, pairOfMember, windOfMember } from "@/lib/transport/perturb-member";
import type { HourFields } from "@/lib/transport/plume-sampler";
import { SmokeSimulation } from "@/lib/transport/smoke-simulation";
import { writeMemberHour } from "@/server/formats/member-hour";
import type { TransportRun } from "@/server/programs/transport/run-transport";
import { type Weather, weatherPairs } from "@/server/programs/transport/weather-pairs";

export type MembersRun = TransportRun & { readonly members: readonly EnsembleMember[] };

type Member = {
  readonly member: EnsembleMember;
  readonly simulation: SmokeSimulation;
  /** Hours done and not yet written, by number. */
  readonly hours: Map<number, HourFields>;
};

/** An ignition may be this much earlier than the run, as far as the weather reaches back. */
const earliestSeconds = -3600;

/**
 * Runs members side by side over the same frames, which are read once, and writes `hours/members_001_0001.nc` (first
 * member, hour) and its followers each as soon as all have done the hour.
 */
export async function runMembers(run: MembersRun): Promise<void> {
  const [first] = run.frames;
  if (first === undefined) return;
  const fire = fireOfRequest(run.params, first.grid);
  const behind = (Date.parse(first.validAtUtc) - Date.parse(run.params.start)) / 1000;
  const fromSeconds = behind <= earliestSeconds ? earliestSeconds : 0;
  const members = run.members.map((member) => startMember(run, member, { fire, fromSeconds, grid: first.grid }));
  const folder = join(run.out, "hours");
  await mkdir(folder, { recursive: true });
  const weather = { ...run, start: run.params.start, hours: run.params.hours };
  let written = 0;
  for await (const part of weatherPairs(weather, fire, fromSeconds)) {
    for (const member of members) runThrough(member, part, run.params.hours);
    for (; members.every(({ hours }) => hours.has(written + 1)); written += 1)
      await writeHour(run, folder, { members, hour: written + 1 });
  }
}

function startMember(
  { params, grid }: MembersRun,
  member: EnsembleMember,
  run: { fire: Fire; fromSeconds: number; grid: MembersRun["frames"][number]["grid"] },
): Member {
  const simulation = new SmokeSimulation({
    fire: fireOfMember(run.fire, member, run.fromSeconds),
    sampling: outputSampling(grid, run.grid),
    particles: params.particles,
    seed: member.seed,
    sortEverySteps: 10,
    fromSeconds: run.fromSeconds,
    wind: windOfMember(member),
    // A member is judged together with the others, so what rests on few of its particles counts too.
    fewestParticles: 0,
  });
  return { member, simulation, hours: new Map() };
}

function runThrough({ member, simulation, hours }: Member, { pair, stability }: Weather, hourCount: number): void {
  const own = pairOfMember(pair, member);
  while (simulation.seconds < Math.min(pair.toSeconds, hourCount * 3600)) {
    const hourEnd = (Math.floor(simulation.seconds / 3600) + 1) * 3600;
    simulation.run(own, Math.min(hourEnd, pair.toSeconds), stability);
    if (simulation.seconds === hourEnd && hourEnd > 0) hours.set(hourEnd / 3600, simulation.takeHour());
  }
}

async function writeHour(
  run: MembersRun,
  folder: string,
  { members, hour }: { readonly members: readonly Member[]; readonly hour: number },
): Promise<void> {
  const fields = members.flatMap(({ member, hours }) => {
    const own = hours.get(hour);
    hours.delete(hour);
    return own === undefined ? [] : [{ member: member.number, fields: own }];
  });
  const validAtUtc = new Date(Date.parse(run.params.start) + hour * 3_600_000).toISOString();
  await writeMemberHour(folder, { number: hour, validAtUtc, members: fields });
  run.log(`hour ${hour} of ${run.params.hours}: ${members.length} members`);
}
