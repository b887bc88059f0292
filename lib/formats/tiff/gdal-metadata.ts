import type { TagReader } from "@/lib/formats/tiff/tag-values";

/** What GDAL keeps about a band in its own tags. */
export type BandMetadata = {
  readonly nodata: number | null;
  readonly scale: number | null;
  readonly offset: number | null;
  readonly units: string | null;
  readonly title: string | null;
};

const tag = { metadata: 42_112, nodata: 42_113 } as const;

/** Reads the tags GDAL_METADATA and GDAL_NODATA. Source: GDAL's GTiff driver documentation. */
export async function readGdalMetadata(tags: TagReader): Promise<(band: number) => BandMetadata> {
  const nodata = parseNumber(await tags.text(tag.nodata));
  const items = parseItems((await tags.text(tag.metadata)) ?? "");
  return (band) => {
    const textOf = (role: string) => items.find((item) => item.sample === band && item.role === role)?.text;
    return {
      nodata,
      scale: parseNumber(textOf("scale")),
      offset: parseNumber(textOf("offset")),
      units: textOf("unittype") ?? null,
      title: textOf("description") ?? null,
    };
  };
}

type Item = { readonly sample: number; readonly role: string; readonly text: string };

/** `<Item name="SCALE" sample="0" role="scale">0.0001</Item>`: flat, so a pattern is enough. */
function parseItems(xml: string): Item[] {
  return [...xml.matchAll(/<Item\b([^>]*)>([^<]*)<\/Item>/g)].map(([, attributes = "", text = ""]) => ({
    sample: Number(/\bsample="(\d+)"/.exec(attributes)?.[1] ?? -1),
    role: /\brole="([^"]*)"/.exec(attributes)?.[1] ?? "",
    text: decodeEntities(text),
  }));
}

function decodeEntities(text: string): string {
  return text
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");
}

function parseNumber(text: string | undefined): number | null {
  const trimmed = text?.trim() ?? "";
  if (/^[+-]?nan$/i.test(trimmed)) return Number.NaN;
  const value = Number(trimmed);
  return trimmed === "" || Number.isNaN(value) ? null : value;
}
