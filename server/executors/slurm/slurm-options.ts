/** What the jobs of a site ask of its queue; absent leaves it to the queue's own defaults. */
export type SlurmOptions = {
  readonly partition?: string;
  readonly account?: string;
  readonly qos?: string;
  readonly nodes?: number;
  readonly ntasks?: number;
  readonly ntasksPerNode?: number;
  readonly gres?: string;
  readonly constraint?: string;
  readonly exclusive?: boolean;
  /** Further options of sbatch, one word each, such as `--reservation=storm`. */
  readonly directives: readonly string[];
  /** Environment modules that are loaded before the command. */
  readonly modules: readonly string[];
  /** Between TERM and KILL when a job passes its time limit. */
  readonly graceSeconds: number;
  /** Variables of the jobs. */
  readonly jobEnvironment: Readonly<Record<string, string>>;
  /** Variables of the queue's own commands, such as SLURM_CONF. */
  readonly environment: Readonly<Record<string, string>>;
};

/** A queue that is asked for nothing special. */
export const slurmDefaults: SlurmOptions = {
  directives: [],
  modules: [],
  graceSeconds: 10,
  jobEnvironment: {},
  environment: {},
};

/** In the name of a job, so that it is found whatever was noted of it. */
export const jobName = (token: string): string => `nereus-${token}`;
