import { useTranslations } from "next-intl";
import { CopyButton } from "@/app/_ui/copy-button.client";
import { productPaths } from "@/lib/map/product";
import type { ProductView } from "@/server/services/products/get-product";

/** Zarr addresses of the newest and of this run, and how Python and GDAL open them. */
export function Addresses({ product, origin }: { product: ProductView; origin: string }) {
  const t = useTranslations("data");
  const { productId, variables } = product.description;
  const latest = `${origin}/api/zarr/${productId}/latest/${productPaths.mapZarr}`;
  const pinned = `${origin}/api/zarr/${product.storePath}/${productPaths.mapZarr}`;
  const variable = variables[0]?.name ?? "pm25";
  const snippets = [
    {
      title: "Python",
      code: `import xarray as xr\nds = xr.open_zarr("${latest}", consolidated=True)\nprint(ds["${variable}"].isel(time=0))`,
    },
    { title: "GDAL", code: `gdalinfo 'ZARR:"/vsicurl/${pinned}":/${variable}:0'` },
  ];
  return (
    <section className="grid gap-2">
      <h2 className="text-md">{t("addresses")}</h2>
      <ul className="rounded-3 bg-surface shadow-1">
        {[
          { title: t("latest"), address: latest },
          { title: t("pinned"), address: pinned },
        ].map(({ title, address }) => (
          <li key={address} className="flex items-center gap-2 border-line border-b px-3 py-1.5 last:border-b-0">
            <span className="min-w-0 flex-1">
              <span className="block text-xs text-ink-3">Zarr · {title}</span>
              <span className="code block break-all text-xs">{address}</span>
            </span>
            <CopyButton text={address} what={`Zarr ${title}`} />
          </li>
        ))}
      </ul>
      <h2 className="mt-2 text-md">{t("code")}</h2>
      {snippets.map(({ title, code }) => (
        <figure key={title} className="rounded-3 bg-surface shadow-1">
          <figcaption className="flex items-center justify-between border-line border-b py-1 pr-2 pl-3 font-medium text-sm">
            {title}
            <CopyButton text={code} what={title} />
          </figcaption>
          <pre className="code whitespace-pre-wrap break-all px-3 py-2 text-xs leading-5">{code}</pre>
        </figure>
      ))}
    </section>
  );
}
