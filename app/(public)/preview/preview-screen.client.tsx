"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Field } from "@/app/_ui/field";
import { ErrorBox, LoadingBox } from "@/app/_ui/state-box";
import { askPreview, type FoundFile } from "@/app/(public)/preview/ask-preview";
import { FileFacts } from "@/app/(public)/preview/file-facts.client";
import { PlaneView } from "@/app/(public)/preview/plane-view.client";

type State =
  | { readonly kind: "empty" }
  | { readonly kind: "waiting" }
  | { readonly kind: "refused"; readonly sentence: string }
  | { readonly kind: "there"; readonly found: FoundFile };

/** Chooses a file or an address, and shows what came of it. */
export function PreviewScreen() {
  const t = useTranslations("preview");
  const [state, setState] = useState<State>({ kind: "empty" });
  const look = async (query: Record<string, string>, body?: File) => {
    setState({ kind: "waiting" });
    const answer = await askPreview(query, body).catch(() => ({ sentence: t("noAnswer") }));
    setState("sentence" in answer ? { kind: "refused", ...answer } : { kind: "there", found: answer });
  };
  const isWaiting = state.kind === "waiting";
  return (
    <>
      <div className="grid gap-4 px-5 pb-4 lg:grid-cols-2">
        <FileForm isWaiting={isWaiting} onFile={(file) => void look({ name: file.name }, file)} />
        <AddressForm isWaiting={isWaiting} onAddress={(url) => void look({ url })} />
      </div>
      {isWaiting ? <LoadingBox label={t("looking")} /> : null}
      {state.kind === "refused" ? <ErrorBox title={t("refused")} text={state.sentence} /> : null}
      {state.kind === "there" ? (
        <div className="grid gap-5 px-5 pb-8 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
          <FileFacts description={state.found.description} />
          <PlaneView key={state.found.id} {...state.found} />
        </div>
      ) : null}
    </>
  );
}

type FileFormProps = { readonly isWaiting: boolean; readonly onFile: (file: File) => void };

function FileForm({ isWaiting, onFile }: FileFormProps) {
  const t = useTranslations("preview");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const file = new FormData(event.currentTarget).get("file");
    if (file instanceof File && file.size > 0) onFile(file);
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
      <Field label={t("file")} hint={t("fileHint")} type="file" name="file" required className="min-w-56 flex-1" />
      <Button type="submit" variant="primary" disabled={isWaiting} className="mb-5">
        {t("send")}
      </Button>
    </form>
  );
}

type AddressFormProps = { readonly isWaiting: boolean; readonly onAddress: (url: string) => void };

function AddressForm({ isWaiting, onAddress }: AddressFormProps) {
  const t = useTranslations("preview");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const url = new FormData(event.currentTarget).get("url");
    if (typeof url === "string" && url !== "") onAddress(url);
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
      <Field
        label={t("address")}
        hint={t("addressHint")}
        type="url"
        name="url"
        required
        placeholder="https://"
        className="min-w-56 flex-1"
      />
      <Button type="submit" disabled={isWaiting} className="mb-5">
        {t("fetch")}
      </Button>
    </form>
  );
}
