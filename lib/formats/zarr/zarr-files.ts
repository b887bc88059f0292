/** The files of a Zarr store: a folder, or anything that gives bytes by path. */
export interface ZarrFiles {
  /** Name for messages: a path or an address. */
  readonly name: string;
  /** @param path below the store's root, without a leading slash; undefined when there is no such file */
  get(path: string): Promise<Uint8Array | undefined>;
  /** Paths of the metadata files (`.zarray`, `zarr.json`) of all arrays; null where files cannot be listed. */
  listMetadata(): Promise<readonly string[] | null>;
}
