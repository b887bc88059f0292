"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import styles from "@/app/(public)/_forecast/dock.module.css";
import { DownloadMenu, type DownloadMenuProps } from "@/app/(public)/_forecast/download-menu.client";
import { MapIcon } from "@/app/(public)/_forecast/map-icon";
import { TakeDialog } from "@/app/(public)/_forecast/take-dialog.client";
import type { Takeable } from "@/app/(public)/_forecast/takeable";

type DockActionsProps = DownloadMenuProps & { readonly takeable: Takeable };

/** Share and download, at the end of the dock. */
export function DockActions({ takeable, ...download }: DockActionsProps) {
  const [isTaking, setTaking] = useState(false);
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
      <button type="button" aria-label={t("take")} title={t("take")} onClick={() => setTaking(true)}>
        <MapIcon name="picture" />
      </button>
      <TakeDialog {...takeable} isOpen={isTaking} onOpenChange={setTaking} />
      <DownloadMenu {...download} />
      <span className={styles.hidden} role="status">
        {copied && t("shared")}
      </span>
    </>
  );
}
