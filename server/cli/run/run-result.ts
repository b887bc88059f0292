import { join } from "node:path";
import { parseReference } from "@/lib/dag/reference";
import type { RunView } from "@/lib/dag/run-view";
import type { Completeness, RunState } from "@/lib/dag/state";
import type { ProductId } from "@/lib/ids";
import { productPaths } from "@/lib/map/product";
import type { NodeDefinition } from "@/lib/pipeline/definition";
import { scratchNames } from "@/server/executors/runner";
import type { ServiceContext } from "@/server/services/context";
import { readPlacedArtifacts } from "@/server/store/artifact";
import { readDefinition } from "@/server/store/pipeline-version";
import { type ProductWithRun, readProductOfRun } from "@/server/store/product";

/** What `nereus run --wait --json` prints. Paths are absolute; times count from the request, in milliseconds. */
export type RunResult = {
  runId: string;
  state: RunState;
  completeness: Completeness | null;
  reason: string | null;
  timings: {
    firstArtifactMs: number | null;
    /** The first file of those that start a publishing task while their own task still runs. */
    firstFileMs: number | null;
    firstLayerMs: number | null;
    totalMs: number | null;
  };
  products: { id: string; zarr: string; netcdf: string | null; cog: string[]; stats: unknown }[];
  /** Files of the nodes that nothing follows and that publish no product, where their site keeps them. */
  outputs: { node: string; path: string; mimeType: string | null }[];
};

/** Gathers a run's outcome and the files of its products. */
export async function readRunResult(
  services: ServiceContext,
  run: RunView,
  productIds: readonly ProductId[],
): Promise<RunResult> {
  const viewer = { all: true, organisationId: null };
  const rows = await Promise.all(
    productIds.map((productId) =>
      readProductOfRun(services.db, { productId, runId: run.id, generation: null }, viewer),
    ),
  );
  const products = rows.filter((row) => row !== null);
  const nodes = (await readDefinition(services.db, run.versionHash))?.nodes ?? [];
  const feeding = new Set(nodes.flatMap(streamedInto));
  const requestedAt = Date.parse(run.createdAt);
  const since = (times: readonly string[]) =>
    times.length === 0 ? null : Math.min(...times.map((time) => Date.parse(time))) - requestedAt;
  return {
    runId: run.id,
    state: run.state,
    completeness: run.completeness,
    reason: run.reason,
    timings: {
      firstArtifactMs: since(run.artifacts.map(({ committedAt }) => committedAt)),
      firstFileMs: since(
        run.artifacts.filter(({ nodeId }) => feeding.has(nodeId)).map(({ committedAt }) => committedAt),
      ),
      firstLayerMs: since(products.flatMap(({ coverage }) => coverage.steps.map((step) => step.committedAtUtc))),
      totalMs: run.endedAt === null ? null : since([run.endedAt]),
    },
    products: products.map((product) => describeProduct(services.config.storePath, product)),
    outputs: await readOutputs(services, run, nodes),
  };
}

/** Nodes whose files a publishing node takes one by one. */
const streamedInto = ({ id, product, inputs }: NodeDefinition): readonly string[] =>
  product === undefined
    ? []
    : Object.entries(inputs).flatMap(([name, { stream, reference }]) =>
        stream ? parseReference(reference, `node ${id}, input ${name}`).node : [],
      );

async function readOutputs(
  services: ServiceContext,
  run: RunView,
  nodes: readonly NodeDefinition[],
): Promise<RunResult["outputs"]> {
  const followed = new Set(run.edges.map(({ from }) => from));
  const last = nodes.filter(({ id, product }) => product === undefined && !followed.has(id));
  const placed = await readPlacedArtifacts(
    services.db,
    run.id,
    last.map(({ id }) => id),
  );
  return placed.map(({ nodeId, scratch, path, mimeType }) => ({
    node: nodeId,
    path: join(scratch, scratchNames.outputs, path),
    mimeType,
  }));
}

function describeProduct(storePath: string, { productId, storePath: folder, coverage }: ProductWithRun) {
  const at = (path: string) => join(storePath, folder, path);
  return {
    id: productId,
    zarr: at(productPaths.mapZarr),
    netcdf: coverage.netcdf === null ? null : at(coverage.netcdf),
    cog: coverage.cog.map(at),
    stats: coverage.summary,
  };
}
