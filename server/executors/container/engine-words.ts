import { assertNever } from "@/lib/assert-never";
import { type ContainerOptions, programOf } from "@/server/executors/container/container-options";
import type { ContainerJob } from "@/server/executors/runner";

/** Where the scratch folder of an attempt lies inside: every image has this folder. */
export const insideFolder = "/mnt";
/** What is started inside, and how it ends a job; below the scratch folder. */
export const enterName = "enter.sh";
/** What it writes when it begins; below the scratch folder. */
export const enteredName = ".entered";

/** Words of a command line: as they are, or variables of the script that hold them. */
export type Word = string | { readonly variable: string };

const who: Word = { variable: "who" };

/**
 * The command line that runs a job in a container: scratch folder read-only, `out/` writable, nobody's rights, no network
 * unless it is wanted, and of docker and podman the limits of memory, processors and processes. Apptainer and Charliecloud
 * leave limits to the queue.
 * Source: manuals of docker run 28, podman-run 4.3, apptainer exec 1.3, ch-run 0.31; EXECUTION.md, K1.
 */
export function engineWords(job: ContainerJob, options: ContainerOptions): readonly Word[] {
  const { engine } = options;
  switch (engine) {
    case "docker":
    case "podman":
      return boxWords(job, options);
    case "apptainer":
      return apptainerWords(job, options);
    case "charliecloud":
      return charliecloudWords(job, options);
    default:
      return assertNever(engine);
  }
}

/** The name of the container, by which it is found and removed; docker and podman only. */
export const containerName = (token: string): string => `nereus-${token}`;

/** Processes and threads of one job: enough for OpenMP and MPI on a large machine, not for one that forks without end. */
const mostProcesses = 4096;

function boxWords(job: ContainerJob, options: ContainerOptions): readonly Word[] {
  const { token, scratch, image, network, cpus, memoryMb } = job;
  const limit = `${Math.ceil(memoryMb)}m`;
  return [
    ...[programOf(options), "run", "--rm", "--pull=never", "--name", containerName(token)],
    ...["--label", `nereus.token=${token}`, "--network", network, "--user", who],
    ...["--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"],
    ...[
      "--pids-limit",
      String(mostProcesses),
      "--memory",
      limit,
      "--memory-swap",
      limit,
      "--cpus",
      String(Math.max(1, Math.ceil(cpus))),
    ],
    ...["--volume", `${scratch}:${insideFolder}:ro`, "--volume", `${scratch}/out:${insideFolder}/out:rw`],
    ...["--volume", `${scratch}/${enteredName}:${insideFolder}/${enteredName}:rw`],
    ...["--workdir", `${insideFolder}/out`, "--env", "HOME=/tmp", "--entrypoint", "/bin/sh"],
    ...["--env", `NEREUS_TOKEN=${token}`, ...job.variables.flatMap((name) => ["--env", name])],
    ...(options.engine === "podman" ? [{ variable: "mapping" }] : []),
    ...[...options.options, image, `${insideFolder}/${enterName}`, "init"],
  ];
}

/** What apptainer is given beside its words: variables for inside that stand on no command line, where all could read them. */
export const apptainerVariable = (name: string): string => `APPTAINERENV_${name}`;

function apptainerWords({ scratch, image, network }: ContainerJob, options: ContainerOptions): readonly Word[] {
  const source = image.includes("@sha256:") ? `docker://${image}` : image;
  return [
    ...[
      programOf(options),
      "exec",
      "--contain",
      "--cleanenv",
      "--pid",
      "--no-home",
      "--no-privs",
      "--pwd",
      `${insideFolder}/out`,
    ],
    ...["--bind", `${scratch}:${insideFolder}:ro`, "--bind", `${scratch}/out:${insideFolder}/out:rw`],
    ...(network === "none" ? ["--net", "--network", "none"] : []),
    ...[...options.options, source, "/bin/sh", `${insideFolder}/${enterName}`, "exec"],
  ];
}

/** ch-run knows neither read-only binds nor networks of its own, so both are made around it, in namespaces of the user. */
const around = `mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"
mount --bind "$1/out" "$1/out"; mount -o remount,bind,rw "$1/out"; shift; exec "$@"`;

function charliecloudWords({ scratch, image, network }: ContainerJob, options: ContainerOptions): readonly Word[] {
  return [
    ...["unshare", "--map-root-user", "--mount", ...(network === "none" ? ["--net"] : [])],
    ...["--", "bash", "-euc", around, "nereus", scratch],
    ...[programOf(options), "--uid=65534", "--gid=65534", "--private-tmp", `--bind=${scratch}:${insideFolder}`],
    ...[`--cd=${insideFolder}/out`, ...options.options, image, "--", "/bin/sh", `${insideFolder}/${enterName}`, "exec"],
  ];
}
