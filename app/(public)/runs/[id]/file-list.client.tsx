"use client";
import { useLocale, useTranslations } from "next-intl";
import { CopyButton } from "@/app/_ui/copy-button.client";
import type { ArtifactView } from "@/lib/dag/run-view";
import { formatSize } from "@/lib/messages/format-number";
import { formatClock } from "@/lib/messages/format-time";

/** Files that a step committed, with size and the start of their hash. */
export function FileList({ files }: { files: readonly ArtifactView[] }) {
  const t = useTranslations("runs");
  const locale = useLocale();
  if (files.length === 0) return <p className="px-4 py-4 text-ink-2 text-sm">{t("filesEmpty")}</p>;
  return (
    <ul className="max-h-[480px] overflow-y-auto">
      {files.map((file) => (
        <li key={file.id} className="flex items-center gap-3 border-line border-b px-4 py-1.5 text-sm">
          <span className="min-w-0 flex-1">
            <span className="code block break-all">{file.path}</span>
            <span className="code text-ink-3 text-xs" title={file.sha256}>
              {t("hash")} {file.sha256.slice(0, 12)}
            </span>
            {file.taintedAt === null ? null : <span className="block text-xs">{t("fileChanged")}</span>}
          </span>
          <span className="whitespace-nowrap text-right text-xs">
            {file.collectedAt === null ? formatSize(file.sizeBytes, locale) : t("fileRemoved")}
            <span className="block text-ink-3">{formatClock(file.committedAt, locale)}</span>
          </span>
          <CopyButton text={file.sha256} what={`sha256 ${file.path}`} />
        </li>
      ))}
    </ul>
  );
}
