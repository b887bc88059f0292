"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/app/_ui/button";
import { ErrorBox } from "@/app/_ui/state-box";

/** A page that failed while it was made: what happened, what is kept, a way on. */
export default function PageError({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations("common");
  return (
    <ErrorBox title={t("errorTitle")} text={t("errorKept")}>
      <Button onClick={reset}>{t("tryAgain")}</Button>
    </ErrorBox>
  );
}
