/** How a login node is reached. Secrets are files of the worker's user or an agent, never text. */
export type SshOptions = SshHost & {
  /** Hosts that are gone through first, in order. */
  readonly jumps: readonly SshHost[];
  /** Added to what every command is given there, such as SLURM_CONF; PATH replaces the usual one. */
  readonly environment: Readonly<Record<string, string>>;
  /** Channels open at once on one connection; OpenSSH refuses more than 10 by default, and SFTP takes one. */
  readonly maxChannels: number;
  /** Until the other side has answered and let us in. */
  readonly connectTimeoutSeconds: number;
  /** Between two signs of life; after three without answer the connection counts as broken. */
  readonly keepAliveSeconds: number;
};

export type SshHost = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Private key without passphrase; null uses the agent alone. */
  readonly identityPath: string | null;
  /** Socket of an agent; null uses the key alone. */
  readonly agentSocket: string | null;
  /** File of pinned host keys. */
  readonly knownHostsPath: string;
};

/** What OpenSSH allows, with room for what an administrator runs beside us. */
export const sshDefaults = {
  jumps: [],
  environment: {},
  maxChannels: 8,
  connectTimeoutSeconds: 20,
  keepAliveSeconds: 15,
} as const satisfies Partial<SshOptions>;
