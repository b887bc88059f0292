/** One tag of a TIFF directory. Text gets its closing zero when it is written. */
export type TiffTag =
  | { readonly tag: number; readonly type: "short" | "long" | "double"; readonly values: readonly number[] }
  | { readonly tag: number; readonly type: "ascii"; readonly text: string };

const kinds = {
  ascii: { code: 2, bytes: 1 },
  short: { code: 3, bytes: 2 },
  long: { code: 4, bytes: 4 },
  double: { code: 12, bytes: 8 },
} as const;

/** Bytes of a directory with all its values behind it; does not depend on the values of numbers. */
export function directoryBytes(tags: readonly TiffTag[]): number {
  return tags.reduce((sum, tag) => sum + 12 + outsideBytes(tag), 2 + 4);
}

/**
 * Writes a little-endian TIFF directory and its values at `at`.
 * @param directory.next  offset of the next directory, 0 for the last
 * Source: TIFF 6.0, section 2
 */
export function writeDirectory(
  file: Uint8Array,
  directory: { readonly at: number; readonly tags: readonly TiffTag[]; readonly next: number },
): void {
  const view = new DataView(file.buffer, file.byteOffset);
  const tags = [...directory.tags].sort((a, b) => a.tag - b.tag);
  let entryAt = directory.at + 2;
  let outsideAt = entryAt + 12 * tags.length + 4;
  view.setUint16(directory.at, tags.length, true);
  for (const tag of tags) {
    const outside = outsideBytes(tag);
    view.setUint16(entryAt, tag.tag, true);
    view.setUint16(entryAt + 2, kinds[tag.type].code, true);
    view.setUint32(entryAt + 4, count(tag), true);
    if (outside > 0) view.setUint32(entryAt + 8, outsideAt, true);
    writeValues(file, outside > 0 ? outsideAt : entryAt + 8, tag);
    outsideAt += outside;
    entryAt += 12;
  }
  view.setUint32(entryAt, directory.next, true);
}

function writeValues(file: Uint8Array, at: number, tag: TiffTag): void {
  if (tag.type === "ascii") {
    file.set(new TextEncoder().encode(tag.text), at);
    return;
  }
  const view = new DataView(file.buffer, file.byteOffset);
  tag.values.forEach((value, index) => {
    const place = at + index * kinds[tag.type].bytes;
    if (tag.type === "short") view.setUint16(place, value, true);
    else if (tag.type === "long") view.setUint32(place, value, true);
    else view.setFloat64(place, value, true);
  });
}

function count(tag: TiffTag): number {
  return tag.type === "ascii" ? new TextEncoder().encode(tag.text).length + 1 : tag.values.length;
}

/** Values of up to 4 bytes stand in the entry itself; others start at even offsets. */
function outsideBytes(tag: TiffTag): number {
  const bytes = count(tag) * kinds[tag.type].bytes;
  return bytes <= 4 ? 0 : Math.ceil(bytes / 2) * 2;
}
