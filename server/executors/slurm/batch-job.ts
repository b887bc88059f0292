import { quoteForShell } from "@/lib/dag/render-command";
import type { JobRequest } from "@/server/executors/runner";
import { jobName, type SlurmOptions } from "@/server/executors/slurm/slurm-options";
import { wrapperScript } from "@/server/executors/wrapper-script";

const usualPath = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";

/**
 * The words for sbatch. The time limit is the job's own, rounded up to a minute: our wrapper stops the work first and
 * says so. Nothing of the submitting environment passes on; naming one variable keeps sbatch from loading the login's
 * files, as `NONE` would.
 * Source: EXECUTION.md, S1; man sbatch.
 */
export function batchArguments(job: JobRequest, options: SlurmOptions): readonly string[] {
  const { token, scratch } = job;
  const wanted: Readonly<Record<string, string | number | undefined>> = {
    "job-name": jobName(token),
    comment: JSON.stringify({ token, scratch }),
    chdir: scratch,
    output: `${scratch}/slurm.log`,
    error: `${scratch}/slurm.log`,
    "open-mode": "append",
    export: "LANG=C.UTF-8",
    time: Math.max(1, Math.ceil(job.timeoutSeconds / 60)),
    "cpus-per-task": Math.max(1, Math.ceil(job.cpus)),
    mem: `${Math.ceil(job.memoryMb)}M`,
    partition: options.partition,
    account: options.account,
    qos: options.qos,
    nodes: options.nodes,
    ntasks: options.ntasks,
    "ntasks-per-node": options.ntasksPerNode,
    gres: options.gres,
    constraint: options.constraint,
    exclude: job.excludeHosts === undefined || job.excludeHosts.length === 0 ? undefined : job.excludeHosts.join(","),
  };
  const words = Object.entries(wanted).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`]));
  const exclusive = options.exclusive ? ["--exclusive"] : [];
  return ["--parsable", "--no-requeue", ...words, ...exclusive, ...options.directives];
}

/** The batch script: environment, modules, then the wrapper. Modules are loaded inside the attempt's own command. */
export function batchScript(job: JobRequest, options: SlurmOptions): string {
  const variables = { PATH: usualPath, ...options.jobEnvironment, ...job.environment, NEREUS_TOKEN: job.token };
  const exports = Object.entries(variables).map(([name, value]) => `export ${name}=${quoteForShell(value)}`);
  const setup = options.modules.length > 0 ? ['export BASH_ENV="$PWD/setup.sh"'] : [];
  const limit = Math.ceil(job.timeoutSeconds);
  return [
    "#!/bin/bash",
    ...exports,
    ...setup,
    `set -- ${job.token} ${limit} ${Math.ceil(options.graceSeconds)}`,
    wrapperScript,
  ].join("\n");
}

/**
 * Read by the bash that runs the command, before the command: loads the modules or says which one is missing. Null when
 * the site needs none.
 */
export function setupScript({ modules }: SlurmOptions): string | null {
  if (modules.length === 0) return null;
  const load = modules.map((name) => {
    const said = `nereus-error ${JSON.stringify({ code: "module-missing", fields: { module: name } })}`;
    return `module load ${quoteForShell(name)} || { echo ${quoteForShell(said)} >&2; exit 78; }`;
  });
  return `unset BASH_ENV
set +u
if [[ $(type -t module) != function ]]; then
  for file in /etc/profile.d/modules.sh /etc/profile.d/lmod.sh /usr/share/modules/init/bash; do
    if [[ -r $file ]]; then . "$file"; break; fi
  done
fi
${load.join("\n")}
set -u
`;
}
