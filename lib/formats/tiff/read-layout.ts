import { NereusError } from "@/lib/errors";
import type { TagReader } from "@/lib/formats/tiff/tag-values";

/** How the pixels of an image are cut into strips or tiles and stored. */
export type TiffLayout = {
  readonly width: number;
  readonly height: number;
  readonly samplesPerPixel: number;
  readonly bitsPerSample: number;
  readonly sampleFormat: "unsigned" | "signed" | "float";
  readonly compression: number;
  readonly predictor: number;
  readonly photometric: number;
  /** Samples of a pixel lie together; else each sample has blocks of its own. */
  readonly isInterleaved: boolean;
  readonly isFillReversed: boolean;
  readonly isTiled: boolean;
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly blocksAcross: number;
  readonly blocksDown: number;
  readonly offsets: readonly number[];
  readonly byteCounts: readonly number[];
};

/**
 * Reads the layout of an image.
 * @throws format-invalid where a tag contradicts another or its own rules; unsupported-feature for complex samples
 */
export async function readLayout(tags: TagReader): Promise<TiffLayout> {
  const samplesPerPixel = demandPositive(tags, 277, (await tags.integer(277, 16)) ?? 1);
  const compression = (await tags.perSample(259, samplesPerPixel)) ?? 1;
  const width = await demand(tags, 256);
  const height = await demand(tags, 257);
  await tags.integers(338);
  const planar = (await tags.integer(284, 16)) ?? 1;
  if (planar !== 1 && planar !== 2) throw tags.invalid(284, `its value ${planar} is neither 1 nor 2`);
  const blocks = await readBlocks(tags, { width, height, planes: planar === 2 ? samplesPerPixel : 1 });
  const bitsPerSample = demandPositive(tags, 258, (await tags.perSample(258, samplesPerPixel)) ?? 1);
  const photometric = (await tags.integer(262, 16)) ?? 1;
  if (photometric === 3 && bitsPerSample < 8 && !tags.has(320)) throw tags.invalid(320, "a palette image needs it");
  return {
    width,
    height,
    samplesPerPixel,
    bitsPerSample,
    sampleFormat: sampleFormat(tags, (await tags.perSample(339, samplesPerPixel)) ?? 1),
    compression,
    predictor: (await tags.integer(317, 16)) ?? 1,
    photometric,
    isInterleaved: planar === 1,
    isFillReversed: (await tags.integer(266, 16)) === 2,
    ...blocks,
  };
}

async function demand(tags: TagReader, tag: number): Promise<number> {
  const value = await tags.integer(tag, 32);
  if (value === undefined) throw tags.invalid(tag, "it is absent");
  return demandPositive(tags, tag, value);
}

function demandPositive(tags: TagReader, tag: number, value: number): number {
  if (value < 1) throw tags.invalid(tag, "its value is 0");
  return value;
}

function sampleFormat(tags: TagReader, code: number): TiffLayout["sampleFormat"] {
  if (code === 1 || code === 4) return "unsigned";
  if (code === 2) return "signed";
  if (code === 3) return "float";
  if (code === 5 || code === 6)
    throw new NereusError("unsupported-feature", { file: tags.source.name, feature: "complex samples in TIFF" });
  throw tags.invalid(339, `its value ${code} does not exist`);
}

type Blocks = Pick<
  TiffLayout,
  "isTiled" | "blockWidth" | "blockHeight" | "blocksAcross" | "blocksDown" | "offsets" | "byteCounts"
>;

async function readBlocks(tags: TagReader, image: { width: number; height: number; planes: number }): Promise<Blocks> {
  const { width, height, planes } = image;
  const isTiled = tags.has(322) || tags.has(323);
  const rowsPerStrip = demandPositive(tags, 278, (await tags.integer(278, 32)) ?? height);
  const blockWidth = isTiled ? await demand(tags, 322) : width;
  const blockHeight = isTiled ? await demand(tags, 323) : Math.min(rowsPerStrip, height);
  const blocksAcross = Math.ceil(width / blockWidth);
  const blocksDown = Math.ceil(height / blockHeight);
  // Some writers keep the numbers of tiles under the tags of strips.
  const [offsetTag, countTag] = isTiled && tags.has(324) ? [324, 325] : [273, 279];
  if (!tags.has(offsetTag)) throw tags.invalid(isTiled ? 324 : 273, "it is absent");
  const offsets = await tags.integers(offsetTag);
  const byteCounts = tags.has(countTag) ? await tags.integers(countTag) : withoutCounts(tags, countTag, offsets);
  const needed = blocksAcross * blocksDown * planes;
  if (offsets.length < needed || byteCounts.length < needed)
    throw tags.invalid(offsetTag, `it names ${Math.min(offsets.length, byteCounts.length)} of ${needed} blocks`);
  return { isTiled, blockWidth, blockHeight, blocksAcross, blocksDown, offsets, byteCounts };
}

/** A single block without its length goes to the end of the file. */
function withoutCounts(tags: TagReader, countTag: number, offsets: readonly number[]): number[] {
  const [only] = offsets;
  if (offsets.length !== 1 || only === undefined) throw tags.invalid(countTag, "it is absent");
  return [Math.max(0, tags.source.sizeBytes - only)];
}
