"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import styles from "@/app/(public)/_forecast/dock.module.css";
import { fileAddress } from "@/app/(public)/_forecast/forecast-data";
import { MapIcon } from "@/app/(public)/_forecast/map-icon";
import type { Coverage, ProductDescription } from "@/lib/map/product";

/** Share and download, at the end of the dock. */
export function DockActions({ description, coverage }: { description: ProductDescription; coverage: Coverage }) {
  const t = useTranslations("map");
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(location.href).then(
      () => setCopied(true),
      // Without leave to the clipboard the address bar still holds the link.
      () => setCopied(false),
    );
  };
  return (
    <>
      <button type="button" aria-label={t("share")} title={t("share")} onClick={copy}>
        <MapIcon name="share" />
      </button>
      {coverage.netcdf ? (
        <a href={fileAddress(description, coverage.netcdf)} download aria-label={t("download")} title={t("download")}>
          <MapIcon name="download" />
        </a>
      ) : (
        <button
          type="button"
          disabled
          aria-label={`${t("download")}. ${t("downloadLater")}`}
          title={t("downloadLater")}
        >
          <MapIcon name="download" />
        </button>
      )}
      <span className={styles.hidden} role="status">
        {copied && t("shared")}
      </span>
    </>
  );
}
