import type { Bounds } from "@/lib/formats/file-description";
import type { TagReader } from "@/lib/formats/tiff/tag-values";

/** x = [0] + [1] column + [2] row; y = [3] + [4] column + [5] row, at the upper left corner of a pixel. */
export type Affine = readonly [number, number, number, number, number, number];

/** Where an image lies: the six numbers of its affine map, and its reference system. */
export type GeoReference = {
  readonly transform: Affine | null;
  /** `EPSG:4326`, or the words of the file. */
  readonly crs: string | null;
};

const tag = { pixelScale: 33_550, tiePoint: 33_922, matrix: 34_264, keys: 34_735, texts: 34_737 } as const;
const key = { rasterType: 1025, citation: 1026, geographic: 2048, projected: 3072, projectedCitation: 3073 } as const;
const userDefined = 32_767;

/** Reads the tags of GeoTIFF; what is absent or contradicts itself is null. Source: OGC GeoTIFF 1.1 (19-008r4). */
export async function readGeoReference(tags: TagReader): Promise<GeoReference> {
  const keys = await readKeys(tags);
  const transform = await readTransform(tags);
  // Pixel-is-point: the tie point is the centre of a pixel, not its corner.
  const isPoint = keys.get(key.rasterType) === 2;
  return {
    transform: transform !== null && isPoint ? halfPixelBack(transform) : transform,
    crs: await readCrs(tags, keys),
  };
}

/** The box around the four corners of an image of that size. */
export function boundsOf(
  transform: Affine,
  { width, height }: { readonly width: number; readonly height: number },
): Bounds {
  const [x0, xColumn, xRow, y0, yColumn, yRow] = transform;
  const corners = [
    [0, 0],
    [width, 0],
    [0, height],
    [width, height],
  ] as const;
  const xs = corners.map(([column, row]) => x0 + xColumn * column + xRow * row);
  const ys = corners.map(([column, row]) => y0 + yColumn * column + yRow * row);
  return { west: Math.min(...xs), south: Math.min(...ys), east: Math.max(...xs), north: Math.max(...ys) };
}

async function readTransform(tags: TagReader): Promise<Affine | null> {
  const [dX, dY] = await tags.numbers(tag.pixelScale);
  const [column, row, , x, y] = await tags.numbers(tag.tiePoint);
  if (dX !== undefined && dY !== undefined && dX !== 0 && dY !== 0 && x !== undefined && y !== undefined)
    return [x - (column ?? 0) * dX, dX, 0, y + (row ?? 0) * dY, 0, -dY];
  const [a, b, , d, e, f, , h] = await tags.numbers(tag.matrix);
  if (a === undefined || b === undefined || d === undefined) return null;
  return e === undefined || f === undefined || h === undefined ? null : [d, a, b, h, e, f];
}

function halfPixelBack(transform: Affine): Affine {
  const [x0, xColumn, xRow, y0, yColumn, yRow] = transform;
  return [x0 - (xColumn + xRow) / 2, xColumn, xRow, y0 - (yColumn + yRow) / 2, yColumn, yRow];
}

/** Keys with a short value; texts are looked up by their own. */
async function readKeys(tags: TagReader): Promise<ReadonlyMap<number, number>> {
  const numbers = await tags.numbers(tag.keys);
  const keys = new Map<number, number>();
  for (let at = 4; at + 3 < numbers.length; at += 4)
    if (numbers[at + 1] === 0) keys.set(numbers[at] ?? 0, numbers[at + 3] ?? 0);
  return keys;
}

async function readCrs(tags: TagReader, keys: ReadonlyMap<number, number>): Promise<string | null> {
  const code = [keys.get(key.projected), keys.get(key.geographic)].find(
    (one) => one !== undefined && one !== userDefined,
  );
  if (code !== undefined && code > 0) return `EPSG:${code}`;
  const [citation] = (await tags.text(tag.texts))?.split("|") ?? [];
  return citation || null;
}
