import { NereusError } from "@/lib/errors";
import type { ByteSource } from "@/lib/formats/byte-source";
import type { AttributeValue, Dataset, Variable } from "@/lib/formats/dataset";
import { resolveSlab } from "@/lib/formats/resolve-slab";
import type { Inflate } from "@/lib/formats/tiff/decompress";
import { type BandMetadata, readGdalMetadata } from "@/lib/formats/tiff/gdal-metadata";
import { boundsOf, type GeoReference, readGeoReference } from "@/lib/formats/tiff/geo-reference";
import { readBand } from "@/lib/formats/tiff/read-band";
import type { TiffImage } from "@/lib/formats/tiff/read-block";
import { readFirstDirectory } from "@/lib/formats/tiff/read-directory";
import { readLayout, type TiffLayout } from "@/lib/formats/tiff/read-layout";
import { type SampleType, sampleType } from "@/lib/formats/tiff/unpack-samples";

/** Tag of the tables that JPEG blocks share. */
const jpegTablesTag = 347;
/** Most samples of one pixel; hyperspectral instruments have hundreds. */
const maxBands = 10_000;

/**
 * Opens the first image of a TIFF, GeoTIFF or BigTIFF file over any byte source: variables `band_1`, `band_2`, ... of
 * shape [row from the top, column], raw samples with `scale_factor`, `add_offset` and `_FillValue` as GDAL keeps them.
 * Tags are read as strictly as libtiff reads them. Closing the data set closes the source.
 * @throws format-invalid, file-truncated, unsupported-feature
 */
export async function openTiff(source: ByteSource, inflate: Inflate): Promise<Dataset> {
  const tags = await readFirstDirectory(source);
  const layout = await readLayout(tags);
  demandReadable(source, layout);
  demandWhole(source, layout);
  const jpegTables = layout.compression === 7 ? await tags.bytes(jpegTablesTag) : undefined;
  const { isLittleEndian } = tags.order;
  const image: TiffImage = { source, layout, isLittleEndian, jpegTables, inflate };
  const type = sampleType(layout, isLittleEndian && layout.predictor !== 3, source.name);
  const metadata = await readGdalMetadata(tags);
  const bands = Array.from({ length: layout.samplesPerPixel }, (_, band) =>
    toVariable(band, layout, { type, ...metadata(band) }),
  );
  const variables = new Map(bands.map((one) => [one.name, one]));
  const geo = await readGeoReference(tags);
  return {
    name: source.name,
    format: geo.crs === null && geo.transform === null ? "tiff" : "geotiff",
    dimensions: { width: layout.width, height: layout.height, bands: layout.samplesPerPixel },
    attributes: geoAttributes(geo, layout),
    variables,
    async readRaw(name, start, count) {
      const band = bands.findIndex((one) => one.name === name);
      const variable = variables.get(name);
      if (variable === undefined)
        throw new NereusError("variable-missing", {
          file: source.name,
          variable: name,
          present: [...variables.keys()].join(", "),
        });
      const slab = resolveSlab(source.name, variable, { start, count });
      const [[row = 0, column = 0], [rows = 0, columns = 0]] = [slab.start, slab.count];
      const { nodata } = metadata(band);
      return readBand(image, { band, row, column, rows, columns }, { type, emptyValue: nodata ?? 0 });
    },
    close: () => source.close(),
  };
}

/** What decides about every pixel is refused at once, not at the first pixel. */
function demandReadable(source: ByteSource, layout: TiffLayout): void {
  const refuse = (feature: string) => new NereusError("unsupported-feature", { file: source.name, feature });
  if (layout.samplesPerPixel > maxBands) throw refuse(`${layout.samplesPerPixel} samples per pixel`);
  if (layout.photometric === 32_844 || layout.photometric === 32_845) throw refuse("LogLuv colours in TIFF");
  const isYCbCr = layout.photometric === 6;
  if (isYCbCr && (layout.compression !== 7 || layout.samplesPerPixel !== 3 || !layout.isInterleaved))
    throw refuse("colour differences (YCbCr) outside JPEG in TIFF");
}

/** A file that was cut keeps its directory in front: the blocks tell. Lengths of uncompressed ones may be anything. */
function demandWhole(source: ByteSource, { offsets, byteCounts, compression }: TiffLayout): void {
  const ends = offsets.map((offset, index) => offset + (compression === 1 ? 0 : (byteCounts[index] ?? 0)));
  const expectedBytes = ends.reduce((last, end) => Math.max(last, end), 0);
  if (expectedBytes > source.sizeBytes)
    throw new NereusError("file-truncated", { file: source.name, expectedBytes, actualBytes: source.sizeBytes });
}

function toVariable(band: number, layout: TiffLayout, about: BandMetadata & { readonly type: SampleType }): Variable {
  const attributes: Record<string, AttributeValue> = {
    // An empty list: no sample is missing by a rule of its type.
    _FillValue: about.nodata === null ? new Float64Array() : Float64Array.of(about.nodata),
  };
  if (about.scale !== null) attributes.scale_factor = Float64Array.of(about.scale);
  if (about.offset !== null) attributes.add_offset = Float64Array.of(about.offset);
  if (about.units !== null) attributes.units = about.units;
  if (about.title !== null) attributes.long_name = about.title;
  const { height, width } = layout;
  return {
    name: `band_${band + 1}`,
    dimensions: ["height", "width"],
    shape: [height, width],
    dtype: about.type.dtype,
    attributes,
  };
}

function geoAttributes({ transform, crs }: GeoReference, layout: TiffLayout): Record<string, AttributeValue> {
  if (transform === null) return crs === null ? {} : { crs };
  const { west, south, east, north } = boundsOf(transform, layout);
  return {
    ...(crs === null ? {} : { crs }),
    geotransform: Float64Array.from(transform),
    bounds: Float64Array.of(west, south, east, north),
  };
}
