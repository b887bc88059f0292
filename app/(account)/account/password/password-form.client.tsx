"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import { Button } from "@/app/_ui/button";
import { Field } from "@/app/_ui/field";

export function PasswordForm({ email, next }: { email: string; next: string }) {
  const t = useTranslations("accounts");
  const trpc = useTRPC();
  const [typed, setTyped] = useState({ current: "", next: "", again: "" });
  const [isDifferent, setDifferent] = useState(false);
  const change = useMutation(
    trpc.accounts.changePassword.mutationOptions({ onSuccess: () => window.location.assign(next) }),
  );
  const told = toldError(change.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setDifferent(typed.next !== typed.again);
    if (typed.next === typed.again) change.mutate({ current: typed.current, next: typed.next });
  };
  const isShort = told?.code === "password-too-short";
  return (
    <form onSubmit={submit} method="post" className="mt-4 grid gap-4">
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field
        label={t("current")}
        type="password"
        autoComplete="current-password"
        required
        value={typed.current}
        error={told && !isShort ? told.sentence : null}
        onChange={(event) => setTyped({ ...typed, current: event.target.value })}
      />
      <Field
        label={t("next")}
        type="password"
        autoComplete="new-password"
        required
        hint={t("nextHint")}
        value={typed.next}
        error={isShort ? told.sentence : null}
        onChange={(event) => setTyped({ ...typed, next: event.target.value })}
      />
      <Field
        label={t("again")}
        type="password"
        autoComplete="new-password"
        required
        value={typed.again}
        error={isDifferent ? t("different") : null}
        onChange={(event) => setTyped({ ...typed, again: event.target.value })}
      />
      <Button type="submit" variant="primary" size="large" disabled={change.isPending || change.isSuccess}>
        {t("change")}
      </Button>
    </form>
  );
}
