"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { composePicture } from "@/app/_map/compose-picture";
import { canRecord } from "@/app/_map/record-loop";
import { Button } from "@/app/_ui/button";
import { CopyButton } from "@/app/_ui/copy-button.client";
import { Dialog } from "@/app/_ui/dialog.client";
import { saveFile } from "@/app/(public)/_forecast/save-file";
import take from "@/app/(public)/_forecast/take.module.css";
import type { Takeable } from "@/app/(public)/_forecast/takeable";
import { useFilm } from "@/app/(public)/_forecast/use-film";
import { type CallLanguage, callLanguages, mapCall } from "@/lib/map/map-call";

type TakeDialogProps = Takeable & { readonly isOpen: boolean; readonly onOpenChange: (isOpen: boolean) => void };

/** What one can take of the map: a picture, a film of the hours, the program text that reads the same numbers. */
export function TakeDialog({ isOpen, onOpenChange, ...takeable }: TakeDialogProps) {
  const t = useTranslations("map");
  return (
    <Dialog title={t("take")} description={t("takeText")} isOpen={isOpen} onOpenChange={onOpenChange}>
      <div className={take.parts}>
        <Pictures {...takeable} />
        <Call call={takeable.call} />
      </div>
    </Dialog>
  );
}

function Pictures(takeable: Takeable) {
  const t = useTranslations("map");
  const { map, name, words, steps, call } = takeable;
  const { done, hasFailed, start, stop } = useFilm(takeable);
  const savePicture = () => {
    if (!map) return;
    const canvas = document.createElement("canvas");
    composePicture(canvas, map.getCanvas(), words(call.step));
    canvas.toBlob((picture) => picture && saveFile(`${name}.png`, picture), "image/png");
  };
  return (
    <div className={take.buttons}>
      <Button onClick={savePicture} disabled={!map}>
        {t("savePicture")}
      </Button>
      {done === null ? (
        <Button onClick={start} disabled={!map || !canRecord() || steps.length < 2}>
          {t("saveLoop", { hours: steps.length })}
        </Button>
      ) : (
        <Button onClick={stop}>{t("stopLoop")}</Button>
      )}
      <p role="status" className={take.status}>
        {done === null ? "" : t("recording", { done, total: steps.length })}
      </p>
      {hasFailed ? (
        <p role="alert" className={take.status}>
          {t("recordingFailed")}
        </p>
      ) : null}
    </div>
  );
}

function Call({ call }: Pick<Takeable, "call">) {
  const t = useTranslations("map");
  const [language, setLanguage] = useState<CallLanguage>("curl");
  const text = mapCall({ ...call, origin: location.origin }, language);
  return (
    <section aria-label={t("call")} className={take.call}>
      <div className={take.head}>
        <h3>{t("call")}</h3>
        <fieldset aria-label={t("language")}>
          {callLanguages.map((each) => (
            <button key={each} type="button" aria-pressed={each === language} onClick={() => setLanguage(each)}>
              {languageNames[each]}
            </button>
          ))}
        </fieldset>
        <CopyButton text={text} what={t("call")} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls is reached by keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </section>
  );
}

const languageNames = { curl: "curl", python: "Python", typescript: "TypeScript" } as const;
