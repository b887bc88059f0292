"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import { Banner } from "@/app/_ui/banner";
import { Button } from "@/app/_ui/button";
import { Icon } from "@/app/_ui/icon";
import { PageHead } from "@/app/_ui/page-head";
import { type Column, Table } from "@/app/_ui/table";
import { ImportDialog } from "@/app/(admin)/admin/pipelines/import-dialog.client";
import { saveText } from "@/app/(admin)/admin/pipelines/save-text";
import { TokenPanel } from "@/app/(admin)/admin/pipelines/token-panel.client";
import { type ExportFormat, exportFormats } from "@/lib/interchange/file-formats";
import { formatDay } from "@/lib/messages/format-time";
import type { DagonTokenView } from "@/server/services/external/list-dagon-tokens";
import type { PipelineView } from "@/server/services/pipelines/list-pipelines";

type Props = {
  pipelines: readonly PipelineView[];
  tokens: readonly DagonTokenView[];
  /** Of this portal, for the addresses of tokens. */
  origin: string;
};

/** Every pipeline with its origin: export, import after a preview; and who may report runs from elsewhere. */
export function PipelineScreen({ pipelines, tokens, origin }: Props) {
  const t = useTranslations("pipelines");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [isImporting, setImporting] = useState(false);
  const { data } = useQuery(trpc.pipelines.list.queryOptions(undefined, { initialData: [...pipelines] }));
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.pipelines.list.queryKey() });
  const save = useMutation({
    mutationFn: (wish: { pipelineId: string; format: ExportFormat }) =>
      queryClient.fetchQuery({ ...trpc.pipelines.export.queryOptions(wish), staleTime: 0 }),
    onSuccess: saveText,
  });
  const told = toldError(save.error);
  const columns = useColumns((pipelineId, format) => save.mutate({ pipelineId, format }));
  return (
    <>
      <PageHead title={t("title")}>
        <Button onClick={() => setImporting(true)}>
          <Icon name="plus" />
          {t("import")}
        </Button>
      </PageHead>
      {told ? (
        <div role="alert" className="px-5 pb-3">
          <Banner kind="bad">{told.sentence}</Banner>
        </div>
      ) : null}
      <Table caption={t("title")} columns={columns} rows={data} rowKey={(one) => one.id} />
      <ImportDialog isOpen={isImporting} onOpenChange={setImporting} onImported={refresh} />
      <TokenPanel initial={tokens} origin={origin} />
    </>
  );
}

function useColumns(onExport: (pipelineId: string, format: ExportFormat) => void): readonly Column<PipelineView>[] {
  const t = useTranslations("pipelines");
  const locale = useLocale();
  return [
    {
      key: "pipeline",
      title: t("pipeline"),
      cell: (one) => (
        <span className="font-medium">
          {one.title[locale]}
          <span className="code block text-ink-3 text-xs">{one.id}</span>
        </span>
      ),
    },
    { key: "kind", title: t("kind"), cell: (one) => t(`kinds.${one.kind}`) },
    { key: "steps", title: t("steps"), isNumber: true, cell: (one) => one.nodes },
    {
      key: "from",
      title: t("from"),
      cell: ({ imported, unrunnable }) => (
        <span>
          {imported ? t("imported", { ...imported, when: formatDay(imported.at, locale) }) : t("builtIn")}
          {unrunnable.length > 0 ? (
            <span className="block text-warn-text text-xs">
              {t("cannotRun", { steps: unrunnable.map(({ node }) => node).join(", ") })}
            </span>
          ) : null}
        </span>
      ),
    },
    {
      key: "export",
      title: t("export"),
      cell: (one) => (
        <select
          aria-label={t("exportAs", { pipeline: one.title[locale] })}
          value=""
          onChange={(event) => {
            const format = exportFormats.find((known) => known === event.target.value);
            if (format) onExport(one.id, format);
          }}
          className="h-8 rounded-2 border border-line-field bg-surface px-2 max-md:h-11"
        >
          <option value="">…</option>
          {exportFormats.map((format) => (
            <option key={format} value={format}>
              {format}
            </option>
          ))}
        </select>
      ),
    },
  ];
}
