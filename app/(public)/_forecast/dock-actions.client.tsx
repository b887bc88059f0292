"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import styles from "@/app/(public)/_forecast/dock.module.css";
import { DownloadMenu, type DownloadMenuProps } from "@/app/(public)/_forecast/download-menu.client";
import { MapIcon } from "@/app/(public)/_forecast/map-icon";

/** Share and download, at the end of the dock. */
export function DockActions(props: DownloadMenuProps) {
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
      <DownloadMenu {...props} />
      <span className={styles.hidden} role="status">
        {copied && t("shared")}
      </span>
    </>
  );
}
