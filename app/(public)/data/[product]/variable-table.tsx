import { useLocale, useTranslations } from "next-intl";
import { type Column, Table } from "@/app/_ui/table";
import type { PublishedVariable } from "@/lib/map/product";
import { formatNumber } from "@/lib/messages/format-number";
import type { Locale } from "@/lib/messages/messages";
import type { ProductView } from "@/server/services/products/get-product";

/** What the product holds: names, units, published step and the extremes of the hours that are there. */
export function VariableTable({ product }: { product: ProductView }) {
  const t = useTranslations("data");
  const locale = useLocale();
  const columns: readonly Column<PublishedVariable>[] = [
    { key: "title", title: t("variable"), cell: (one) => one.title[locale] },
    { key: "name", title: t("name"), cell: (one) => <span className="code">{one.name}</span> },
    { key: "unit", title: t("unit"), cell: (one) => writtenUnit(one.units) },
    { key: "level", title: t("level"), cell: (one) => one.level[locale] },
    { key: "step", title: t("step"), isNumber: true, cell: (one) => String(one.packing.scale) },
    { key: "range", title: t("range"), isNumber: true, cell: (one) => rangeOf(product, one, locale) },
  ];
  return (
    <div className="border-line border-t">
      <Table
        caption={t("variables")}
        columns={columns}
        rows={product.description.variables}
        rowKey={(one) => one.name}
      />
    </div>
  );
}

function rangeOf(product: ProductView, variable: PublishedVariable, locale: Locale): string {
  const extremes = product.coverage.steps.flatMap((step) => step.extremes[variable.name] ?? []);
  if (extremes.length === 0) return "";
  const decimals = Math.min(3, Math.max(0, Math.ceil(-Math.log10(variable.packing.scale))));
  const lowest = Math.min(...extremes.map(({ min }) => min));
  const highest = Math.max(...extremes.map(({ max }) => max));
  return `${formatNumber(lowest, locale, decimals)}\u2013${formatNumber(highest, locale, decimals)}`;
}

const superscripts: Readonly<Record<string, string>> = { "-": "⁻", "1": "¹", "2": "²", "3": "³" };

/** CF units as they are printed: `ug m-3` becomes `µg m⁻³`. */
function writtenUnit(units: string): string {
  return units
    .replace(/\bug\b/, "µg")
    .replace(/(?<=[a-z])-?[123]\b/gi, (power) => Array.from(power, (sign) => superscripts[sign] ?? sign).join(""));
}
