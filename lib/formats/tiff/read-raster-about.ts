import type { ByteSource } from "@/lib/formats/byte-source";
import type { BandItems } from "@/lib/formats/cog/gdal-metadata-xml";
import type { TiffTag } from "@/lib/formats/cog/tiff-directory";
import { readGdalMetadata } from "@/lib/formats/tiff/gdal-metadata";
import { type Affine, readGeoReference } from "@/lib/formats/tiff/geo-reference";
import { readFirstDirectory } from "@/lib/formats/tiff/read-directory";
import type { TagReader } from "@/lib/formats/tiff/tag-values";

/** What a raster carries beside its pixels: all that a copy of it, or of a part of it, must carry too. */
export type RasterAbout = {
  /** Null for a raster that only has control points, or nothing. */
  readonly transform: Affine | null;
  /** `EPSG:4326`, or the words of the file. */
  readonly crs: string | null;
  /** GeoKeys as they are written. */
  readonly keys: readonly TiffTag[];
  /** The keys say that coordinates are those of the centres of pixels. */
  readonly isPoint: boolean;
  /** 0 white is zero, 1 black is zero, 2 RGB, 3 palette. */
  readonly photometric: number;
  /** Red, green and blue of a palette; else empty. */
  readonly colours: readonly number[];
  /** The value that means “none”, the same in all bands; null without one. */
  readonly nodata: number | null;
  readonly bands: readonly BandItems[];
};

const tag = { photometric: 262, colourMap: 320, keys: 34_735, doubles: 34_736, texts: 34_737 } as const;
const rasterTypeKey = 1025;

/**
 * Reads what the first image of a TIFF file carries beside its pixels.
 * @throws format-invalid, file-truncated
 * Source: OGC GeoTIFF 1.1 (19-008r4), GDAL GTiff driver documentation
 */
export async function readRasterAbout(source: ByteSource, bandCount: number): Promise<RasterAbout> {
  const tags = await readFirstDirectory(source);
  const metadata = await readGdalMetadata(tags);
  const bands = Array.from({ length: bandCount }, (_, band) => metadata(band));
  const keys = await readKeys(tags);
  const photometric = (await tags.integer(tag.photometric, 16)) ?? 1;
  return {
    ...(await readGeoReference(tags)),
    keys,
    isPoint: isPixelPoint(keys),
    // Colour differences are decoded to RGB.
    photometric: photometric === 6 ? 2 : photometric <= 3 ? photometric : 1,
    colours: photometric === 3 ? await tags.integers(tag.colourMap) : [],
    nodata: bands[0]?.nodata ?? null,
    bands: bands.map(({ scale, offset, units, title }) => ({ scale, offset, units, title })),
  };
}

async function readKeys(tags: TagReader): Promise<readonly TiffTag[]> {
  const directory = await tags.integers(tag.keys);
  if (directory.length === 0) return [];
  const doubles = await tags.numbers(tag.doubles);
  const text = await tags.text(tag.texts);
  return [
    { tag: tag.keys, type: "short", values: directory },
    ...(doubles.length > 0 ? [{ tag: tag.doubles, type: "double", values: doubles } as const] : []),
    ...(text === undefined ? [] : [{ tag: tag.texts, type: "ascii", text } as const]),
  ];
}

function isPixelPoint([directory]: readonly TiffTag[]): boolean {
  const numbers = directory !== undefined && "values" in directory ? directory.values : [];
  for (let at = 4; at + 3 < numbers.length; at += 4)
    if (numbers[at] === rasterTypeKey && numbers[at + 1] === 0) return numbers[at + 3] === 2;
  return false;
}
