import type { ShownProduct } from "@/app/(public)/_forecast/forecast-data";
import type { MeteogramStrip } from "@/app/(public)/_forecast/meteogram.client";
import type { PointSeries } from "@/app/(public)/_forecast/read-point";
import type { DisplayUnit } from "@/lib/map/display-unit";
import type { LayerDefinition, PublishedVariable } from "@/lib/map/product";
import type { Locale } from "@/lib/messages/messages";

/** Variables that the meteogram of a product reads: what its layers show, and the parts of their directions. */
export function meteogramVariables({ description, layers }: ShownProduct): readonly PublishedVariable[] {
  const names = new Set(
    layers.flatMap(({ variable, direction }) => [variable, ...(direction ? [direction.east, direction.north] : [])]),
  );
  return description.variables.filter(({ name }) => names.has(name));
}

type StripQuestion = {
  readonly product: ShownProduct;
  readonly locale: Locale;
  /** The layer on the map, its unit on screen, and its hours as far as they are known. */
  readonly shown: { readonly layer: LayerDefinition; readonly unit: DisplayUnit; readonly series: PointSeries };
  /** null until the copy of the series has come: then the strip of the shown layer stands alone. */
  readonly read: Readonly<Record<string, PointSeries>> | null;
};

/** The strips of a meteogram: the shown layer first, then the others, each variable once. */
export function meteogramStrips({ product, locale, shown, read }: StripQuestion): readonly MeteogramStrip[] {
  const others = product.layers.filter(
    ({ variable }, at, all) =>
      variable !== shown.layer.variable && all.findIndex((each) => each.variable === variable) === at,
  );
  return [shown.layer, ...(read ? others : [])].flatMap((layer) => {
    const variable = product.description.variables.find(({ name }) => name === layer.variable);
    const [unit] = layer === shown.layer ? [shown.unit] : layer.units;
    if (!variable || !unit) return [];
    const { direction } = layer;
    const [east, north] = [direction && read?.[direction.east], direction && read?.[direction.north]];
    return [
      {
        id: layer.id,
        title: layer.title[locale],
        unit,
        publishedStep: variable.packing.scale,
        series: layer === shown.layer ? shown.series : (read?.[layer.variable] ?? []),
        wind: east && north ? { east, north } : null,
      },
    ];
  });
}
