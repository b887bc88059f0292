import { NereusError } from "@/lib/errors";
import type { ZarrFiles } from "@/lib/formats/zarr/zarr-files";

export type ZarrVersion = 2 | 3;

/** What a store holds: its version, the paths of its arrays and the attributes of its root. */
export type ZarrListing = {
  readonly version: ZarrVersion;
  /** Paths below the root, `group/name`; the empty path is a store that is one array itself. */
  readonly arrays: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
};

/** Most arrays of one store; more are a mistake or an attack. */
const maxArrays = 10_000;

/**
 * Lists the arrays of a store from its consolidated metadata, else from its files.
 * @returns null where the files are no Zarr store
 * @throws format-invalid for metadata that are no JSON; unsupported-feature where arrays cannot be listed
 * Source: Zarr specifications, version 2 and 3.
 */
export async function listArrays(files: ZarrFiles): Promise<ZarrListing | null> {
  const root3 = await readJson(files, "zarr.json");
  if (root3 !== null) return { version: 3, ...(await list3(files, root3)) };
  const [consolidated, attributes] = [await readJson(files, ".zmetadata"), (await readJson(files, ".zattrs")) ?? {}];
  if (consolidated !== null) {
    const metadata = recordOf(consolidated.metadata);
    return { version: 2, arrays: foldersOf(files, Object.keys(metadata), ".zarray"), attributes };
  }
  const isStore = (await files.get(".zgroup")) !== undefined || (await files.get(".zarray")) !== undefined;
  if (!isStore) return null;
  return { version: 2, arrays: foldersOf(files, await demandList(files), ".zarray"), attributes };
}

async function list3(files: ZarrFiles, root: Record<string, unknown>): Promise<Omit<ZarrListing, "version">> {
  const attributes = recordOf(root.attributes);
  if (root.node_type === "array") return { arrays: [""], attributes };
  const consolidated = recordOf(recordOf(root.consolidated_metadata).metadata);
  const known = Object.entries(consolidated).filter(([, node]) => recordOf(node).node_type === "array");
  if (known.length > 0)
    return {
      arrays: limited(
        files,
        known.map(([path]) => path),
      ),
      attributes,
    };
  const arrays: string[] = [];
  for (const path of foldersOf(files, await demandList(files), "zarr.json")) {
    const node = path === "" ? null : await readJson(files, `${path}/zarr.json`);
    if (node?.node_type === "array") arrays.push(path);
  }
  return { arrays, attributes };
}

async function demandList(files: ZarrFiles): Promise<readonly string[]> {
  const paths = await files.listMetadata();
  if (paths !== null) return paths;
  const feature = "a Zarr store without consolidated metadata whose files cannot be listed";
  throw new NereusError("unsupported-feature", { file: files.name, feature });
}

function foldersOf(files: ZarrFiles, paths: readonly string[], file: string): readonly string[] {
  const own = paths.filter((path) => path === file || path.endsWith(`/${file}`));
  return limited(
    files,
    own.map((path) => path.slice(0, -file.length).replace(/\/$/, "")),
  );
}

function limited(files: ZarrFiles, arrays: readonly string[]): readonly string[] {
  if (arrays.length <= maxArrays) return [...arrays].sort();
  throw new NereusError("unsupported-feature", {
    file: files.name,
    feature: `a Zarr store of ${arrays.length} arrays`,
  });
}

async function readJson(files: ZarrFiles, path: string): Promise<Record<string, unknown> | null> {
  const bytes = await files.get(path);
  if (bytes === undefined) return null;
  try {
    return recordOf(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new NereusError("format-invalid", { file: files.name, place: path, problem: "it is no JSON" }, { cause });
  }
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
