import type { PipelineId, ProductId, RunId } from "@/lib/ids";
import type { Coverage, DegradedLabel, ProductDescription } from "@/lib/map/product";
import type { LocalText } from "@/lib/pipeline/definition";
import type { ServiceContext } from "@/server/services/context";
import { viewerOf } from "@/server/services/products/viewer-of";
import { type ProductWithRun, readNewestOfProduct, readProductIds } from "@/server/store/product";

/** A product with its newest publication and those before it, newest first. */
export type ProductListItem = {
  readonly productId: ProductId;
  readonly pipelineId: PipelineId;
  readonly title: LocalText;
  readonly domain: string;
  readonly licence: string;
  readonly citation: string;
  readonly demonstration: boolean;
  readonly newest: Publication;
  readonly history: readonly Publication[];
};

/** What a list shows of one publication. Times are ISO 8601 UTC; paths are relative to `storePath`. */
export type Publication = {
  readonly runId: RunId;
  readonly generation: number;
  readonly cycle: string | null;
  readonly state: Coverage["state"];
  readonly steps: number;
  readonly expectedSteps: number;
  readonly firstTimeUtc: string | null;
  readonly lastTimeUtc: string | null;
  readonly publishedAt: string;
  readonly updatedAt: string;
  readonly storePath: string;
  readonly netcdf: string | null;
  readonly cog: readonly string[];
  readonly variables: readonly Pick<ProductDescription["variables"][number], "name" | "title" | "units">[];
  readonly degraded: readonly DegradedLabel[];
};

const shownPublications = 31;

/** Every product that the actor may see and that has at least one step. */
export async function listProducts(ctx: Pick<ServiceContext, "db" | "actor">): Promise<readonly ProductListItem[]> {
  const viewer = viewerOf(ctx.actor);
  const options = { viewer, limit: shownPublications };
  const ids = await readProductIds(ctx.db);
  const lists = await Promise.all(ids.map((id) => readNewestOfProduct(ctx.db, id, options)));
  return lists.flatMap((rows) => {
    const [newest, ...history] = rows;
    return newest === undefined ? [] : [listItem(newest, history)];
  });
}

function listItem(newest: ProductWithRun, history: readonly ProductWithRun[]): ProductListItem {
  const { productId, pipelineId, description } = newest;
  const { title, domain, licence, citation, demonstration } = description;
  return {
    ...{ productId, pipelineId, title, domain, licence, citation, demonstration },
    newest: publication(newest),
    history: history.map(publication),
  };
}

function publication(row: ProductWithRun): Publication {
  const { runId, generation, cycle, coverage, description, storePath } = row;
  const { state, steps, expectedSteps, netcdf, cog } = coverage;
  return {
    ...{ runId, generation, cycle, storePath, state, expectedSteps, netcdf, cog },
    steps: steps.length,
    firstTimeUtc: description.times.at(0) ?? null,
    lastTimeUtc: description.times.at(-1) ?? null,
    publishedAt: row.publishedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    variables: description.variables.map(({ name, title, units }) => ({ name, title, units })),
    degraded: description.degraded,
  };
}
