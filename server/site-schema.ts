import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { containerEngines } from "@/server/executors/container/container-options";

const absolutePath = z.string().startsWith("/", "expected an absolute path");
const word = z.string().regex(/^[^\s'"]+$/, "expected one word");
const variables = z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "expected the name of a variable"), z.string());
const atLeastOne = z.int().min(1);

const sshHost = z.strictObject({
  host: word,
  port: z.int().min(1).max(65_535).default(22),
  user: word,
  /** Private key without passphrase. Default: the agent alone. */
  identity: absolutePath.optional(),
  /** Name of the environment variable that holds the agent's socket. Default SSH_AUTH_SOCK. */
  agentVariable: z.string().default("SSH_AUTH_SOCK"),
  /** File of pinned host keys. Default ~/.ssh/known_hosts. */
  knownHosts: absolutePath.optional(),
});

const slurm = z.strictObject({
  partition: word.optional(),
  account: word.optional(),
  qos: word.optional(),
  nodes: atLeastOne.optional(),
  ntasks: atLeastOne.optional(),
  ntasksPerNode: atLeastOne.optional(),
  gres: word.optional(),
  constraint: word.optional(),
  exclusive: z.boolean().optional(),
  /** Further words for sbatch, such as "--reservation=storm". */
  directives: z.array(word.startsWith("--")).default([]),
  /** Environment modules loaded before each command. */
  modules: z.array(word).default([]),
  /** Seconds between TERM and KILL when a job passes its time limit. Default 10. */
  graceSeconds: z.int().min(1).max(600).default(10),
  /** Variables of the jobs; PATH replaces the usual one. */
  jobEnvironment: variables.default({}),
  /** Variables of the queue's own commands, such as SLURM_CONF. */
  environment: variables.default({}),
});

const login = z.strictObject({
  /** Seconds between TERM and KILL when a job passes its time limit. Default 10. */
  graceSeconds: z.int().min(1).max(600).default(10),
  /** Variables of the jobs; PATH replaces the usual one. */
  jobEnvironment: variables.default({}),
});

/** How containers are started at a place. */
export const containerSchema = z.strictObject({
  engine: z.enum(containerEngines),
  /** The engine's program there. Default docker, podman, apptainer or ch-run. */
  program: word.optional(),
  /** Further words for its run, such as "--device=/dev/fuse". */
  options: z.array(word.startsWith("--")).default([]),
});

const siteObject = z.strictObject({
  /** How it is reached; absent: its commands are on this machine. */
  ssh: sshHost.extend({ jumps: z.array(sshHost).default([]) }).optional(),
  /** The queue that runs its jobs. */
  slurm: slurm.optional(),
  /** Without a queue: jobs are processes of the machine that `ssh` leads to. */
  processes: login.optional(),
  /** How far an attempt may grow that ran out of memory or time. Default: four times what its node asks for. */
  caps: z.strictObject({ memoryMb: atLeastOne.optional(), timeoutSeconds: atLeastOne.optional() }).default({}),
  /** Engine for the commands that run in containers. Default: none. */
  containers: containerSchema.optional(),
  /** Folder for the work; an absolute path that login node and compute nodes share. */
  scratch: absolutePath,
  /** Node's program there. Default "node". */
  node: word.default("node"),
  /** Tasks in flight by pool; a node of a pipeline runs where its pool is. Names differ from those of this machine. */
  pools: z.record(
    z
      .string()
      .regex(/^(?!(?:compute|light|waits|web)$)[a-z0-9][a-z0-9_-]{0,62}$/, "expected small letters, digits, - and _"),
    atLeastOne,
  ),
});

/** A place beside this machine where work runs. */
export const siteSchema = siteObject
  .refine(({ slurm, processes }) => (slurm === undefined) !== (processes === undefined), {
    message: "give the site one of slurm and processes",
  })
  .refine(({ ssh, processes }) => processes === undefined || ssh !== undefined, {
    message: "processes need ssh; those of this machine are the site local",
  });
type SiteConfig = z.output<typeof siteSchema>;
type SshHostConfig = z.output<typeof sshHost>;

/** Where the pins of a host stand. */
export const knownHostsOf = (host: Pick<SshHostConfig, "knownHosts">): string =>
  host.knownHosts ?? join(homedir(), ".ssh", "known_hosts");

/** The same with what the environment says of it. */
export type ResolvedSite = Omit<SiteConfig, "ssh"> & {
  readonly ssh?: ResolvedHost & { readonly jumps: readonly ResolvedHost[] };
};
export type ResolvedHost = Omit<SshHostConfig, "agentVariable"> & { readonly agentSocket: string | null };

/** Reads the agents' sockets. */
export function resolveSite(
  { ssh, ...site }: SiteConfig,
  env: Readonly<Record<string, string | undefined>>,
): ResolvedSite {
  if (ssh === undefined) return site;
  const { jumps, ...host } = ssh;
  return { ...site, ssh: { ...resolveHost(host, env), jumps: jumps.map((jump) => resolveHost(jump, env)) } };
}

function resolveHost(
  { agentVariable, ...host }: SshHostConfig,
  env: Readonly<Record<string, string | undefined>>,
): ResolvedHost {
  return { ...host, agentSocket: env[agentVariable] || null };
}
