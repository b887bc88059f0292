"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import { Banner } from "@/app/_ui/banner";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog.client";
import { Field } from "@/app/_ui/field";
import { useToast } from "@/app/_ui/toast.client";
import type { ImportResult } from "@/server/services/pipelines/import-pipeline";

type Props = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void; onImported: () => void };
const blank = { name: "pipeline.json", text: "", id: "" };

/** Takes a file or its text; nothing is stored before a preview was seen. */
export function ImportDialog({ isOpen, onOpenChange, onImported }: Props) {
  const t = useTranslations("pipelines");
  const trpc = useTRPC();
  const toast = useToast();
  const [typed, setTyped] = useState(blank);
  const preview = useMutation(trpc.pipelines.previewImport.mutationOptions());
  const take = useMutation(trpc.pipelines.import.mutationOptions());
  const told = toldError(take.error ?? preview.error);
  const edit = (part: Partial<typeof blank>) => {
    preview.reset();
    take.reset();
    setTyped({ ...typed, ...part });
  };
  const close = () => {
    edit(blank);
    onOpenChange(false);
  };
  const wish = { name: typed.name, text: typed.text, id: typed.id.trim() === "" ? undefined : typed.id.trim() };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!preview.data) return preview.mutate(wish);
    const onSuccess = ({ pipelineId }: ImportResult) => {
      toast(t("done", { pipeline: pipelineId }));
      onImported();
      close();
    };
    take.mutate(wish, { onSuccess });
  };
  return (
    <Dialog
      title={t("importTitle")}
      description={t("importText")}
      isOpen={isOpen}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
    >
      <form onSubmit={submit} className="grid gap-4">
        <FileFields text={typed.text} onText={edit} />
        <Field
          label={t("as")}
          hint={t("asHint")}
          value={typed.id}
          maxLength={63}
          onChange={(event) => edit({ id: event.target.value })}
        />
        {told ? (
          <div role="alert">
            <Banner kind="bad">{told.sentence}</Banner>
          </div>
        ) : null}
        {preview.data ? <Outcome result={preview.data} /> : null}
        <div className="flex justify-end">
          <Button
            type="submit"
            variant="primary"
            disabled={typed.text === "" || preview.isPending || take.isPending || preview.data?.change === "unchanged"}
          >
            {preview.data ? t("import") : t("preview")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function FileFields({ text, onText }: { text: string; onText: (part: { name?: string; text: string }) => void }) {
  const t = useTranslations("pipelines");
  const id = useId();
  const read = async (file: File | undefined) => {
    if (file) onText({ name: file.name, text: await file.text() });
  };
  return (
    <>
      <label className="grid gap-1.5 font-medium text-ink-2 text-xs">
        {t("file")}
        <input type="file" accept=".json,application/json" onChange={(event) => void read(event.target.files?.[0])} />
      </label>
      <div className="grid gap-1.5">
        <label htmlFor={id} className="font-medium text-ink-2 text-xs">
          {t("text")}
        </label>
        <textarea
          id={id}
          rows={8}
          spellCheck={false}
          value={text}
          onChange={(event) => onText({ text: event.target.value })}
          className="code rounded-2 border border-line-field bg-surface p-2.5 text-xs"
        />
      </div>
    </>
  );
}

/** What an import would do, and which steps could not run. */
function Outcome({ result }: { result: ImportResult }) {
  const t = useTranslations("pipelines");
  const { pipelineId, nodes, change } = result;
  const labelled = nodes.filter(({ unrunnable }) => unrunnable !== null);
  return (
    <Banner kind={labelled.length > 0 ? "warn" : "info"}>
      <p role="status">{t("takes", { pipeline: pipelineId, nodes: nodes.length, change: t(`changes.${change}`) })}</p>
      <ul>
        {labelled.map(({ id, unrunnable }) => (
          <li key={id}>{t("stepCannotRun", { step: id, why: unrunnable ?? "" })}</li>
        ))}
      </ul>
    </Banner>
  );
}
