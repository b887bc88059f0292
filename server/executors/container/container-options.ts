export const containerEngines = ["docker", "podman", "apptainer", "charliecloud"] as const;
export type ContainerEngine = (typeof containerEngines)[number];

/** How a site starts containers. */
export type ContainerOptions = {
  readonly engine: ContainerEngine;
  /** The engine's program there; absent: `docker`, `podman`, `apptainer` or `ch-run`. */
  readonly program?: string;
  /** Further words for its run, such as `--device=/dev/fuse`. */
  readonly options: readonly string[];
};

/** The program of an engine. */
export const programOf = ({ engine, program }: ContainerOptions): string =>
  program ?? (engine === "charliecloud" ? "ch-run" : engine);
