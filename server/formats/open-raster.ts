import { NereusError } from "@/lib/errors";
import type { RasterImage } from "@/lib/formats/cog/encode-raster";
import { shiftTransform } from "@/lib/formats/cog/placement-tags";
import type { NumericArray, Variable } from "@/lib/formats/dataset";
import { openTiff } from "@/lib/formats/tiff/open-tiff";
import { isTiff } from "@/lib/formats/tiff/read-directory";
import { type RasterAbout, readRasterAbout } from "@/lib/formats/tiff/read-raster-about";
import { zlibInflate } from "@/server/formats/deflate";
import { describeHead } from "@/server/formats/describe-head";
import { openFileSource } from "@/server/storage/file-byte-source";

/** A part of a raster, pixels from the top left. */
export type RasterWindow = {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
};

/** A georeferenced raster that can be read window by window. */
export type OpenRaster = {
  readonly name: string;
  readonly sizeBytes: number;
  readonly width: number;
  readonly height: number;
  readonly bands: number;
  readonly dtype: Variable["dtype"];
  readonly about: PlacedRaster;
  readonly whole: RasterWindow;
  /** The window with what it carries beside its pixels, placed where it lies. */
  read(window: RasterWindow): Promise<RasterImage>;
  close(): Promise<void>;
};

/** A raster that lies somewhere, in a named reference system. */
export type PlacedRaster = RasterAbout & {
  readonly transform: NonNullable<RasterAbout["transform"]>;
  readonly crs: string;
};

/** Most pixels times bands times bytes that are taken into memory at once, for a mosaic of the whole. */
const maxRasterBytes = 512 * 1024 * 1024;

/**
 * Opens a GeoTIFF as a raster whose pixels, type, palette and place can be carried over into other files.
 * @param name what messages call it; absent = its path
 * @throws file-unreadable, format-unknown, format-invalid, file-truncated, unsupported-feature, file-too-demanding;
 *   raster-unplaced for a raster without transform or reference system
 */
export async function openRaster(path: string, name: string = path): Promise<OpenRaster> {
  const source = { ...(await openFileSource(path)), name };
  try {
    const head = await source.read(0, Math.min(8, source.sizeBytes));
    if (!isTiff(head)) throw new NereusError("format-unknown", { file: name, startsWith: describeHead(head) });
    const dataset = await openTiff(source, zlibInflate);
    const { width = 0, height = 0, bands = 0 } = dataset.dimensions;
    const dtype = dataset.variables.get("band_1")?.dtype ?? "uint8";
    demandKept(name, { width, height, bands, dtype });
    const about = withPalette(demandPlaced(name, await readRasterAbout(source, bands)), { bands, dtype });
    return {
      ...{ name, sizeBytes: source.sizeBytes, width, height, bands, dtype, about },
      whole: { row: 0, column: 0, rows: height, columns: width },
      async read({ row, column, rows, columns }) {
        const read: NumericArray[] = [];
        for (const band of dataset.variables.keys())
          read.push(await dataset.readRaw(band, [row, column], [rows, columns]));
        const transform = shiftTransform(about.transform, row, column);
        return { width: columns, height: rows, bands: read, about: { ...about, transform } };
      },
      close: () => dataset.close(),
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

type Shape = Pick<OpenRaster, "width" | "height" | "bands" | "dtype">;

/** Refused before anything is read: what could not be written again as it is, or not be held. */
function demandKept(file: string, { width, height, bands, dtype }: Shape): void {
  if (dtype === "int64" || dtype === "uint64")
    throw new NereusError("unsupported-feature", { file, feature: "a raster of 64-bit integers" });
  const bytes = width * height * bands * (bytesOf[dtype] ?? 8);
  if (bytes > maxRasterBytes) throw new NereusError("file-too-demanding", { file, limit: "512 MiB of pixels" });
}

const bytesOf: Partial<Record<Variable["dtype"], number>> = {
  ...{ int8: 1, uint8: 1, int16: 2, uint16: 2, int32: 4, uint32: 4, float32: 4, float64: 8 },
};

function demandPlaced(file: string, about: RasterAbout): PlacedRaster {
  const { transform, crs } = about;
  if (transform === null) throw new NereusError("raster-unplaced", { file, problem: "it has no geotransform" });
  if (crs === null) throw new NereusError("raster-unplaced", { file, problem: "it names no reference system" });
  return { ...about, transform, crs };
}

/** A palette is kept when it has an entry for each value, colours when there are enough bands. */
function withPalette(about: PlacedRaster, { bands, dtype }: Pick<Shape, "bands" | "dtype">): PlacedRaster {
  const hasPalette = about.colours.length === 3 * 2 ** (8 * (bytesOf[dtype] ?? 8));
  const isKept = about.photometric === 3 ? hasPalette : about.photometric !== 2 || bands >= 3;
  return isKept ? about : { ...about, photometric: 1, colours: [] };
}
