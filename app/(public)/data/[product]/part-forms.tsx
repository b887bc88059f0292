import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/app/_ui/button";
import { SelectField } from "@/app/_ui/field";
import { formatLocal } from "@/lib/messages/format-time";
import type { ProductView } from "@/server/services/products/get-product";

type Props = { product: ProductView };

/** One field of the run as a file of another kind; plain forms, so that they work before and without any script. */
export function PartForms({ product }: Props) {
  const t = useTranslations("data");
  if (product.coverage.steps.length === 0) return null;
  return (
    <>
      <details className="rounded-2 border border-line bg-surface px-3 py-2">
        <summary className="font-medium text-sm">{t("part")}</summary>
        <PartForm product={product}>
          <SelectField label={t("fileFormat")} name="format" defaultValue="netcdf">
            <option value="netcdf">NetCDF</option>
            <option value="csv">CSV</option>
          </SelectField>
        </PartForm>
      </details>
      <details className="rounded-2 border border-line bg-surface px-3 py-2">
        <summary className="font-medium text-sm">{t("contours")}</summary>
        <PartForm product={product}>
          <SelectField label={t("contoursAs")} name="contours" defaultValue="polygons">
            <option value="polygons">{t("bands")}</option>
            <option value="lines">{t("isolines")}</option>
          </SelectField>
          <SelectField label={t("fileFormat")} name="format" defaultValue="geojson">
            <option value="geojson">GeoJSON</option>
            <option value="kml">KML</option>
          </SelectField>
        </PartForm>
      </details>
    </>
  );
}

function PartForm({ product, children }: Props & { children: ReactNode }) {
  const t = useTranslations("data");
  const locale = useLocale();
  const { description, coverage, storePath } = product;
  return (
    <form action={`/api/subset/${storePath}`} method="get" className="mt-2 grid gap-2">
      <SelectField label={t("variable")} name="variables">
        {description.variables.map(({ name, title }) => (
          <option key={name} value={name}>
            {title[locale]}
          </option>
        ))}
      </SelectField>
      <SelectField label={t("time")} name="time">
        {coverage.steps.map(({ index, validAtUtc }) => (
          <option key={index} value={validAtUtc}>
            {formatLocal(validAtUtc, locale)}
          </option>
        ))}
      </SelectField>
      {children}
      <Button type="submit">{t("download")}</Button>
    </form>
  );
}
