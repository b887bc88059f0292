import { boundsOfGrid } from "@/lib/formats/cf-attributes";
import { cogMediaType } from "@/lib/formats/cog/media-type";
import { stampOf } from "@/lib/map/file-grammar";
import { type Coverage, type ProductDescription, productPaths } from "@/lib/map/product";

/** A publication as the catalogue tells of it. Times are ISO 8601 UTC. */
export type StacPublication = {
  readonly description: ProductDescription;
  readonly coverage: Coverage;
  readonly storePath: string;
  /** Nominal time of the run, where it has one. */
  readonly cycle: string | null;
  readonly publishedAt: string;
};

/** Documents are plain JSON; `root` is the address of the catalogue, without `/` at its end. */
export type StacDocument = Readonly<Record<string, unknown>>;

const version = { stac_version: "1.0.0" };
const link = (rel: string, href: string, type = "application/json") => ({ rel, href, type });

/** The catalogue: one child for each product that has anything to show. */
export function stacCatalog(root: string, products: readonly StacPublication[]): StacDocument {
  return {
    type: "Catalog",
    ...version,
    id: "nereus",
    title: "Nereus",
    description: "Environmental forecasts: what the portal has published.",
    links: [
      link("root", root),
      link("self", root),
      ...products.map(({ description }) => ({
        ...link("child", `${root}/${description.productId}`),
        title: description.title.en,
      })),
    ],
  };
}

/**
 * The collection of a product: its extent over all the publications given and a link to each item.
 * @param publications  newest first, one at least
 */
export function stacCollection(root: string, publications: readonly StacPublication[]): StacDocument {
  const [newest] = publications;
  if (newest === undefined) throw new RangeError("a collection needs a publication");
  const { description } = newest;
  const times = publications.flatMap(({ coverage }) => coverage.steps.map(({ validAtUtc }) => isoSeconds(validAtUtc)));
  const self = `${root}/${description.productId}`;
  return {
    type: "Collection",
    ...version,
    id: description.productId,
    title: description.title.en,
    description: `${description.title.en}, domain ${description.domain}. ${description.citation}`,
    license: description.licence,
    keywords: description.variables.map(({ name }) => name),
    extent: {
      spatial: { bbox: distinctBoxes(publications) },
      temporal: { interval: [[least(times), greatest(times)]] },
    },
    summaries: { "nereus:domain": [description.domain] },
    links: [
      link("root", root),
      link("parent", root),
      link("self", self),
      ...publications.flatMap((publication) =>
        publication.coverage.steps.map((step) =>
          link("item", `${self}/${stacItemId(publication, step.index)}`, "application/geo+json"),
        ),
      ),
    ],
  };
}

/** `<runId>-g<generation>-<step>`: every step of every run is an item of its own. */
function stacItemId({ description }: StacPublication, step: number): string {
  return `${description.runId}-g${description.generation}-${step}`;
}

/**
 * One step of one run.
 * @param origin  address of the portal, for its assets
 * @returns null where the step was not published
 * Source: STAC 1.0.0 item and forecast extension v0.2.0 (`forecast:reference_datetime`, `forecast:horizon`)
 */
export function stacItem(
  { root, origin }: { readonly root: string; readonly origin: string },
  publication: StacPublication,
  step: number,
): StacDocument | null {
  const { description, coverage, cycle } = publication;
  const covered = coverage.steps.find(({ index }) => index === step);
  if (covered === undefined) return null;
  const bbox = boundsOfGrid(description.grid);
  const reference = cycle === null ? null : `${cycle.replace(/Z$/, "")}:00:00Z`;
  const collection = `${root}/${description.productId}`;
  const id = stacItemId(publication, step);
  return {
    type: "Feature",
    ...version,
    stac_extensions: reference === null ? [] : ["https://stac-extensions.github.io/forecast/v0.2.0/schema.json"],
    id,
    collection: description.productId,
    bbox,
    geometry: outline(bbox),
    properties: {
      datetime: isoSeconds(covered.validAtUtc),
      created: publication.publishedAt,
      updated: covered.committedAtUtc,
      title: `${description.title.en}, ${covered.validAtUtc}`,
      license: description.licence,
      ...(reference === null ? {} : forecastProperties(reference, covered.validAtUtc)),
      "nereus:run": description.runId,
      "nereus:state": coverage.state,
      "nereus:demonstration": description.demonstration,
      "nereus:degraded": description.degraded.map(({ code }) => code),
    },
    assets: assetsOf(origin, publication, covered.validAtUtc),
    links: [
      link("root", root),
      link("parent", collection),
      link("collection", collection),
      link("self", `${collection}/${id}`, "application/geo+json"),
    ],
  };
}

function assetsOf(origin: string, { description, coverage, storePath }: StacPublication, validAtUtc: string) {
  const stamp = stampOf(validAtUtc);
  const files = `${origin}/api/files/${storePath}`;
  const zarr = `${origin}/api/zarr/${storePath}/${productPaths.mapZarr}`;
  const assets: Record<string, object> = {
    zarr: { href: zarr, type: "application/vnd+zarr", title: "Zarr, all steps of the run", roles: ["data"] },
  };
  if (coverage.netcdf !== null)
    assets.netcdf = {
      href: `${files}/${coverage.netcdf}`,
      type: "application/x-netcdf",
      title: "NetCDF, all steps of the run",
      roles: ["data"],
    };
  for (const path of coverage.cog) {
    if (!path.endsWith(`_${stamp}.tif`)) continue;
    const variable = description.variables.find(({ name }) => path.endsWith(`_${name}_${stamp}.tif`))?.name ?? "cog";
    assets[`cog-${variable}`] = {
      href: `${files}/${path}`,
      type: cogMediaType,
      title: `GeoTIFF, ${variable}`,
      roles: ["data"],
    };
  }
  return assets;
}

function forecastProperties(reference: string, validAtUtc: string) {
  const hours = Math.round((Date.parse(validAtUtc) - Date.parse(reference)) / 3_600_000);
  return {
    "forecast:reference_datetime": reference,
    ...(hours >= 0 ? { "forecast:horizon": `PT${hours}H` } : {}),
  };
}

function outline([west, south, east, north]: Bounds) {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: "Polygon", coordinates: [ring] };
}

type Bounds = ReturnType<typeof boundsOfGrid>;

/** The whole first, as the specification wants it, then each box that differs. */
function distinctBoxes(publications: readonly StacPublication[]): readonly (readonly number[])[] {
  const all = publications.map(({ description }) => boundsOfGrid(description.grid));
  const boxes = [...new Map(all.map((box) => [box.join(), box])).values()];
  const pick = (at: 0 | 1 | 2 | 3, choose: (...values: number[]) => number) => choose(...boxes.map((box) => box[at]));
  const whole = [pick(0, Math.min), pick(1, Math.min), pick(2, Math.max), pick(3, Math.max)];
  return boxes.length === 1 ? [whole] : [whole, ...boxes];
}

const least = (times: readonly string[]) => [...times].sort().at(0) ?? null;
const greatest = (times: readonly string[]) => [...times].sort().at(-1) ?? null;
const isoSeconds = (time: string) => new Date(time).toISOString();
