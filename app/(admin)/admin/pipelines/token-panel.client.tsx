"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import { Banner } from "@/app/_ui/banner";
import { Button } from "@/app/_ui/button";
import { CopyButton } from "@/app/_ui/copy-button.client";
import { Field } from "@/app/_ui/field";
import { EmptyBox } from "@/app/_ui/state-box";
import { type Column, Table } from "@/app/_ui/table";
import { formatDay } from "@/lib/messages/format-time";
import type { DagonTokenView } from "@/server/services/external/list-dagon-tokens";

/** Tokens of scripts that report their runs: a new one shows its address once; a revoked one stays in the list. */
export function TokenPanel({ initial, origin }: { initial: readonly DagonTokenView[]; origin: string }) {
  const t = useTranslations("pipelines");
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data } = useQuery(trpc.external.tokens.queryOptions(undefined, { initialData: [...initial] }));
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.external.tokens.queryKey() });
  const revoke = useMutation(trpc.external.revokeToken.mutationOptions({ onSettled: refresh }));
  const told = toldError(revoke.error);
  const columns = useColumns((id) => revoke.mutate({ id }));
  return (
    <section aria-label={t("tokens")} className="pb-6">
      <h2 className="px-5 pt-6 text-lg">{t("tokens")}</h2>
      <p className="px-5 pb-3 text-ink-2 text-sm">{t("tokensText")}</p>
      <NewToken origin={origin} onCreated={refresh} />
      {told ? (
        <div role="alert" className="px-5 pb-3">
          <Banner kind="bad">{told.sentence}</Banner>
        </div>
      ) : null}
      {data.length === 0 ? (
        <EmptyBox title={t("noTokens")} />
      ) : (
        <Table caption={t("tokens")} columns={columns} rows={data} rowKey={({ id }) => id} />
      )}
    </section>
  );
}

function useColumns(onRevoke: (id: string) => void): readonly Column<DagonTokenView>[] {
  const t = useTranslations("pipelines");
  const locale = useLocale();
  return [
    { key: "label", title: t("label"), cell: ({ label }) => <span className="font-medium">{label}</span> },
    { key: "token", title: t("token"), cell: ({ id }) => <span className="code text-xs">{id}</span> },
    { key: "made", title: t("made"), cell: ({ createdAt }) => formatDay(createdAt, locale) },
    {
      key: "revoked",
      title: t("revoked"),
      cell: ({ id, label, revokedAt }) =>
        revokedAt === null ? (
          <Button variant="danger" aria-label={t("revokeLabel", { label })} onClick={() => onRevoke(id)}>
            {t("revoke")}
          </Button>
        ) : (
          formatDay(revokedAt, locale)
        ),
    },
  ];
}

function NewToken({ origin, onCreated }: { origin: string; onCreated: () => void }) {
  const t = useTranslations("pipelines");
  const trpc = useTRPC();
  const [label, setLabel] = useState("");
  const create = useMutation(trpc.external.createToken.mutationOptions({ onSuccess: onCreated }));
  const told = toldError(create.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ label }, { onSuccess: () => setLabel("") });
  };
  const route = create.data ? `${origin}/api/dagon/${create.data.secret}` : null;
  return (
    <form onSubmit={submit} className="grid gap-3 px-5 pb-4">
      <div className="flex flex-wrap items-end gap-3">
        <Field
          label={t("label")}
          required
          maxLength={120}
          value={label}
          error={told?.sentence ?? null}
          onChange={(event) => setLabel(event.target.value)}
        />
        <Button type="submit" disabled={create.isPending || label.trim() === ""}>
          {t("create")}
        </Button>
      </div>
      {route ? (
        <div role="status" className="grid gap-1.5">
          <Banner kind="ok">{t("once")}</Banner>
          <p className="flex items-center justify-between rounded-2 border border-line-2 px-3 py-1">
            <output className="code break-all text-sm">{route}</output>
            <CopyButton text={route} what={t("route")} />
          </p>
        </div>
      ) : null}
    </form>
  );
}
