"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Icon } from "@/app/_ui/icon";

/** Copies a text and says so; `what` completes its name ("Copy Zarr"). */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const t = useTranslations("common");
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <button
      type="button"
      aria-label={`${t("copy")} ${what}`}
      onClick={copy}
      onBlur={() => setCopied(false)}
      className="grid size-8 flex-none place-items-center rounded-2 text-ink-2 hover:bg-surface-2 max-md:size-11"
    >
      <Icon name={isCopied ? "check" : "copy"} size={16} />
      <span aria-live="polite" className="sr-only">
        {isCopied ? t("copied") : ""}
      </span>
    </button>
  );
}
