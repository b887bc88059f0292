/** What GDAL keeps about a band in its own tag; what is null is not written. */
export type BandItems = {
  readonly scale: number | null;
  readonly offset: number | null;
  readonly units: string | null;
  readonly title: string | null;
};

/**
 * The text of tag 42112 (GDAL_METADATA).
 * @param items  of the file as a whole
 * @param bands  in their order
 * Source: GDAL GTiff driver documentation
 */
export function gdalMetadataXml(items: Readonly<Record<string, string | number>>, bands: readonly BandItems[]): string {
  const whole = Object.entries(items).map(([name, value]) => itemXml(`name="${escapeXml(name)}"`, value));
  const lines = [...whole, ...bands.flatMap(bandXml)];
  return `<GDALMetadata>\n${lines.map((line) => `  ${line}\n`).join("")}</GDALMetadata>\n`;
}

function bandXml({ scale, offset, units, title }: BandItems, sample: number): readonly string[] {
  const items = [
    ["SCALE", "scale", scale],
    ["OFFSET", "offset", offset],
    ["UNITTYPE", "unittype", units],
    ["DESCRIPTION", "description", title],
  ] as const;
  return items.flatMap(([name, role, value]) =>
    value === null ? [] : [itemXml(`name="${name}" sample="${sample}" role="${role}"`, value)],
  );
}

const itemXml = (attributes: string, value: string | number): string =>
  `<Item ${attributes}>${escapeXml(String(value))}</Item>`;

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
