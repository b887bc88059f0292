import { NereusError } from "@/lib/errors";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import type { MetInventory } from "@/lib/formats/wrf/inventory";
import type { OrganisationId, PipelineId, ProductId, RunId } from "@/lib/ids";
import { fragmentSchema } from "@/lib/map/fragment-schema";
import { emptyCoverage, mergeCoverage } from "@/lib/map/merge-coverage";
import type { Fragment } from "@/lib/map/product";
import type { ProductDeps } from "@/server/engine/product-deps";
import { publishCoverage } from "@/server/engine/publish-coverage";
import type { Connection } from "@/server/executors/connection/connection";
import { type ProductFolder, storeFiles, writeManifest } from "@/server/storage/product-store";
import { requireInnerPath } from "@/server/storage/require-inner-path";
import type { Tx } from "@/server/store/database";
import { appendEvents, type NewEvent } from "@/server/store/event";
import { advanceMetSource } from "@/server/store/met-source";
import { takeProduct, updateCoverage } from "@/server/store/product";
import { advanceSeaSource } from "@/server/store/sea-source";

/** The task whose `out/` holds a fragment. */
export type FragmentRef = {
  readonly runId: RunId;
  readonly generation: number;
  readonly pipelineId: PipelineId;
  readonly productId: ProductId;
  readonly organisationId: OrganisationId | null;
  readonly outFolder: string;
};

/** A fragment of a very long run stays far below this; more is not read. */
const largestFragmentBytes = 64 * 1024 * 1024;

/**
 * Moves the fragment of a publish task into the store and advances the product: files first, then one transaction
 * (coverage, events, weather source), then `coverage.json`. Doing it again, after any failure at any point, changes
 * nothing that was done and finishes what was not.
 * @throws {NereusError} fragment-invalid, artifact-changed, path-leaves-scratch; disk-full (retryable)
 */
export async function commitProduct(deps: ProductDeps, ref: FragmentRef): Promise<void> {
  const fragment = await readFragment(deps.connection, ref);
  const folder = `${ref.productId}/${ref.runId}-g${ref.generation}`;
  const store: ProductFolder = { connection: deps.connection, root: deps.storePath, folder };
  await storeFiles(store, `${ref.outFolder}/files`, fragment.files);
  if (fragment.closing !== null) await writeManifest(store);
  const published = await deps.db.transaction((tx) => advance(tx, { deps, ref, fragment, folder }));
  await publishCoverage(deps, ref);
  deps.log.info({ runId: ref.runId, productId: ref.productId, ...published }, "product committed");
}

async function readFragment(connection: Connection, ref: FragmentRef): Promise<Fragment> {
  const refuse = (problem: string, cause?: unknown) =>
    new NereusError("fragment-invalid", { product: ref.productId, problem }, { cause });
  const bytes = await connection.readFrom(`${ref.outFolder}/fragment.json`, 0, largestFragmentBytes);
  if (bytes.length === 0) throw refuse("there is no fragment.json");
  const parsed = fragmentSchema.safeParse(parseJson(new TextDecoder().decode(bytes), refuse));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuse(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not as expected"}`, parsed.error);
  }
  const { description } = parsed.data;
  for (const field of ["runId", "generation", "pipelineId", "productId"] as const) {
    if (description[field] !== ref[field]) throw refuse(`its ${field} is ${description[field]}, not ${ref[field]}`);
  }
  return parsed.data;
}

function parseJson(text: string, refuse: (problem: string, cause: unknown) => NereusError): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse("fragment.json is not JSON", error);
  }
}

type Advance = {
  readonly deps: ProductDeps;
  readonly ref: FragmentRef;
  readonly fragment: Fragment;
  readonly folder: string;
};

async function advance(tx: Tx, { deps, ref, fragment, folder }: Advance) {
  const now = deps.now();
  const { runId, generation, pipelineId, productId, organisationId } = ref;
  const key = { runId, generation, productId };
  const before = await takeProduct(tx, {
    ...key,
    pipelineId,
    organisationId,
    storePath: folder,
    description: fragment.description,
    coverage: emptyCoverage(fragment.description, now.toISOString()),
    publishedAt: now,
    updatedAt: now,
  });
  const { coverage, newSteps, closed } = mergeCoverage(before.coverage, fragment, now.toISOString());
  if (newSteps.length === 0 && !closed) return { steps: 0, closed };
  await updateCoverage(tx, key, coverage, now);
  const events: NewEvent[] = newSteps.map(({ index, validAtUtc }) => ({
    kind: "step-published",
    data: { productId, index, validAtUtc },
  }));
  if (closed) events.push({ kind: "product-completed", data: { productId } });
  await appendEvents(tx, runId, events);
  if (closed && fragment.closing?.met) await offerWeather(tx, { deps, ref, folder }, fragment.closing.met);
  if (closed && fragment.closing?.sea) await offerCurrents(tx, { deps, ref, folder }, fragment.closing.sea);
  return { steps: newSteps.length, closed };
}

/** The finished product becomes what requests are checked against, under each configured name of its pipeline. */
async function offerWeather(tx: Tx, { deps, ref, folder }: Omit<Advance, "fragment">, met: MetInventory) {
  const files = met.files.map((file) => ({
    ...file,
    path: `${deps.storePath}/${folder}/${requireInnerPath(file.path)}`,
  }));
  for (const source of deps.metSourcesOf(ref.pipelineId)) {
    await advanceMetSource(tx, { ...met, source, files, runId: ref.runId }, deps.now());
  }
}

async function offerCurrents(tx: Tx, { deps, ref, folder }: Omit<Advance, "fragment">, sea: SeaInventory) {
  const files = sea.files.map((file) => ({
    ...file,
    path: `${deps.storePath}/${folder}/${requireInnerPath(file.path)}`,
  }));
  for (const source of deps.seaSourcesOf?.(ref.pipelineId) ?? []) {
    await advanceSeaSource(tx, { ...sea, source, files, runId: ref.runId }, deps.now());
  }
}
