"use client";

import { useTranslations } from "next-intl";
import { DropdownMenu } from "radix-ui";
import { menuContentClass, menuItemClass } from "@/app/_ui/menu-classes";
import { fileAddress, folderOf } from "@/app/(public)/_forecast/forecast-data";
import { MapIcon } from "@/app/(public)/_forecast/map-icon";
import type { Coverage, ProductDescription } from "@/lib/map/product";

export type DownloadMenuProps = {
  readonly description: ProductDescription;
  readonly coverage: Coverage;
  /** Name of the variable that is shown. */
  readonly variable: string;
  readonly step: number;
};

/** What is shown as files of other kinds, and the whole run once it has ended. */
export function DownloadMenu(props: DownloadMenuProps) {
  const t = useTranslations("map");
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button type="button" aria-label={t("download")} title={t("download")}>
          <MapIcon name="download" />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content side="top" align="end" sideOffset={6} className={menuContentClass}>
          <Files {...props} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Files({ description, coverage, variable, step }: DownloadMenuProps) {
  const t = useTranslations("map");
  const time = coverage.steps.find(({ index }) => index === step)?.validAtUtc;
  const address = (query: Record<string, string>) =>
    `/api/subset/${description.productId}/${folderOf(description)}?${new URLSearchParams({ variables: variable, time: time ?? "", ...query })}`;
  const files = [
    ...(coverage.netcdf === null ? [] : [{ title: t("wholeRun"), href: fileAddress(description, coverage.netcdf) }]),
    ...(time === undefined
      ? []
      : [
          { title: t("hourAs", { format: "NetCDF" }), href: address({ format: "netcdf" }) },
          { title: t("hourAs", { format: "CSV" }), href: address({ format: "csv" }) },
          ...(["GeoJSON", "KML"] as const).flatMap((format) => [
            { title: t("bandsAs", { format }), href: address({ format: format.toLowerCase(), contours: "polygons" }) },
            { title: t("isolinesAs", { format }), href: address({ format: format.toLowerCase(), contours: "lines" }) },
          ]),
        ]),
  ];
  if (files.length === 0) return <p className="px-2.5 py-2 text-sm">{t("downloadLater")}</p>;
  return files.map(({ title, href }) => (
    <DropdownMenu.Item key={href} asChild className={menuItemClass}>
      <a href={href} download>
        {title}
      </a>
    </DropdownMenu.Item>
  ));
}
