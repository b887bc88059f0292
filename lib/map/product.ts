import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import type { MetInventory } from "@/lib/formats/wrf/inventory";
import type { GridDescription } from "@/lib/geo/grid";
import type { PipelineId, ProductId, RunId } from "@/lib/ids";
import type { LocalText } from "@/lib/pipeline/definition";

/** How a variable is packed: published value = integer x scale + offset; `fill` marks no data. */
export type Packing = {
  readonly dtype: "int16" | "int32";
  readonly scale: number;
  readonly offset: number;
  readonly fill: number;
};

/** One published variable: CF names and units, shape [time, y, x], row 0 in the south. */
export type PublishedVariable = {
  readonly name: string;
  readonly standardName: string | null;
  readonly title: LocalText;
  readonly units: string;
  readonly packing: Packing;
  /** What the numbers hold for: `ground`, `10 m`, `column`, ... shown in every title. */
  readonly level: LocalText;
  /** More CF attributes, such as `cell_methods`, written to every file as they stand. */
  readonly attributes?: Readonly<Record<string, string | number>>;
};

/**
 * What identifies the numbers of one published product; written once, before the first step, from the run's input.
 * Attributes hold CF-1.8 and ACDD text, model version, seed, input hashes and the like.
 */
export type ProductDescription = {
  readonly productId: ProductId;
  readonly pipelineId: PipelineId;
  readonly runId: RunId;
  readonly generation: number;
  readonly title: LocalText;
  readonly domain: string;
  readonly grid: GridDescription;
  /** Valid times of all steps that the run means to publish, ISO 8601 UTC, ascending. */
  readonly times: readonly string[];
  readonly variables: readonly PublishedVariable[];
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Reasons for which the numbers are worth less than usual, as codes with an English sentence. */
  readonly degraded: readonly DegradedLabel[];
  /** True for synthetic data, labelled on every map. */
  readonly demonstration: boolean;
  readonly licence: string;
  readonly citation: string;
};

export type DegradedLabel = { readonly code: string; readonly text: LocalText };

export type StepCoverage = {
  /** Position in `ProductDescription.times`. */
  readonly index: number;
  readonly validAtUtc: string;
  readonly committedAtUtc: string;
  /** Extremes of the decoded values by variable; null where the step holds no data. */
  readonly extremes: Readonly<Record<string, { readonly min: number; readonly max: number } | null>>;
};

/** `coverage.json`: the only document of a product that changes, and the commit of a step. */
export type Coverage = {
  readonly state: "running" | "complete" | "partial" | "failed";
  readonly steps: readonly StepCoverage[];
  readonly expectedSteps: number;
  /** Set at the end: names of the files that hold the whole run, relative to the product's folder. */
  readonly netcdf: string | null;
  readonly cog: readonly string[];
  readonly summary: Readonly<Record<string, unknown>> | null;
  readonly updatedAtUtc: string;
};

/**
 * `fragment.json` in the `out/` of a publish task: files to be moved into the product's folder and what they hold.
 * Every fragment of a run carries the same description and metadata files, byte for byte.
 */
export type Fragment = {
  readonly description: ProductDescription;
  /** Paths below `out/files/`, equal to their paths in the product's folder. Metadata first, then data. */
  readonly files: readonly { readonly path: string; readonly sizeBytes: number; readonly sha256: string }[];
  readonly steps: readonly Omit<StepCoverage, "committedAtUtc">[];
  /** Only from the task that closes the product. */
  readonly closing: FragmentClosing | null;
};

export type FragmentClosing = {
  /** Path of the NetCDF of the whole run, below the product's folder. */
  readonly netcdf: string;
  readonly cog: readonly string[];
  readonly summary: Readonly<Record<string, unknown>>;
  /** When the product is weather that can drive other runs: its inventory, file paths below the product's folder. */
  readonly met: MetInventory | null;
  /** The same of currents; absent in fragments of other products. */
  readonly sea?: SeaInventory | null | undefined;
};

/** Folder names below `<store>/<product>/<runId>-g<generation>/`. */
export const productPaths = {
  mapZarr: "map.zarr",
  seriesZarr: "series.zarr",
  cog: "cog",
  netcdf: "netcdf",
  /** One NetCDF for each step, named by its valid time; there once the product is closed. */
  hourly: "hourly",
  /** Native model files that a product keeps beside it, such as the WRF hours of the demonstration weather. */
  history: "history",
  /** Pictures of the default view by variable and step: the first paint of the map, and what stands in for it. */
  poster: "poster",
  coverage: "coverage.json",
  manifest: "manifest.json",
} as const;

/** Path of the picture of a variable at one step, below the product's folder. */
export const posterPath = (variable: string, stepIndex: number): string =>
  `${productPaths.poster}/${variable}/${stepIndex}.png`;

/** One way a product's variable is shown on the map; data, never code. */
export type LayerDefinition = {
  readonly id: string;
  readonly productId: string;
  readonly variable: string;
  readonly title: LocalText;
  /** Units on screen; the first is the default. `scale` and `offset` turn published units into these. */
  readonly units: readonly { readonly symbol: string; readonly scale: number; readonly offset: number }[];
  readonly palette: Palette;
  /** Other palettes in the same published units that a visitor may choose, each with its name. */
  readonly otherPalettes?: readonly (Palette & { readonly title: LocalText })[];
  /** Draw between two steps by linear interpolation in time. Off for sparse plumes, sums and classes. */
  readonly interpolateTime: boolean;
  /** Names of the eastward and northward components, when direction is shown. */
  readonly direction: { readonly east: string; readonly north: string } | null;
};

/**
 * Classes closed below: class i holds breaks[i] <= v < breaks[i+1], in published units; values below breaks[0] are not
 * drawn when `transparentBelow`. One colour per class, and the last class is open above.
 */
export type Palette = {
  readonly id: string;
  readonly breaks: readonly number[];
  readonly light: readonly string[];
  readonly dark: readonly string[];
  readonly transparentBelow: boolean;
  /** The top class is hatched as well as coloured. */
  readonly hatchTop: boolean;
};
