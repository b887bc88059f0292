import { useTranslations } from "next-intl";
import { buttonClass } from "@/app/_ui/button";
import { Icon } from "@/app/_ui/icon";
import { PartForms } from "@/app/(public)/data/[product]/part-forms";
import type { ProductView } from "@/server/services/products/get-product";

/** Whole files of the run, once it has ended. */
export function Downloads({ product }: { product: ProductView }) {
  const t = useTranslations("data");
  const { netcdf, cog } = product.coverage;
  const base = `/api/files/${product.storePath}`;
  const { productId, domain } = product.description;
  return (
    <section className="grid gap-2">
      <h2 className="text-md">{t("downloads")}</h2>
      {netcdf === null && cog.length === 0 ? <p className="text-ink-2 text-sm">{t("notYet")}</p> : null}
      {netcdf === null ? null : (
        <a href={`${base}/${netcdf}`} className={buttonClass({ variant: "primary" })}>
          <Icon name="download" />
          {t("netcdf")}
        </a>
      )}
      {cog.length === 0 ? null : (
        <details className="rounded-2 border border-line bg-surface px-3 py-2">
          <summary className="font-medium text-sm">
            {t("cog")} <span className="text-ink-3">{t("cogCount", { count: cog.length })}</span>
          </summary>
          <ul className="mt-2 max-h-64 overflow-y-auto">
            {cog.map((path) => (
              <li key={path}>
                <a href={`${base}/${path}`} className="link code flex min-h-6 items-center text-xs max-md:min-h-11">
                  {path.split("/").at(-1)}
                </a>
              </li>
            ))}
          </ul>
        </details>
      )}
      <PartForms product={product} />
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        <a href={`/files/${productId}/${domain}/`} className="link">
          {t("byHour")}
        </a>
        <a href={`/api/stac/${productId}`} className="link">
          {t("stac")}
        </a>
      </p>
    </section>
  );
}
