"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { toldError, useTRPC } from "@/app/_api/trpc.client";
import { Banner } from "@/app/_ui/banner";
import { Button } from "@/app/_ui/button";
import { CopyButton } from "@/app/_ui/copy-button.client";
import { Dialog } from "@/app/_ui/dialog.client";
import { Field, SelectField } from "@/app/_ui/field";
import { type Role, roles } from "@/lib/roles";

type Props = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void; onCreated: () => void };
const blank: { email: string; name: string; role: Role } = { email: "", name: "", role: "requester" };

/** Makes an account; its one-time password is shown here and nowhere again. */
export function NewUser({ isOpen, onOpenChange, onCreated }: Props) {
  const t = useTranslations("accounts");
  const tRoles = useTranslations("roles");
  const trpc = useTRPC();
  const [typed, setTyped] = useState(blank);
  const create = useMutation(trpc.accounts.create.mutationOptions({ onSuccess: onCreated }));
  const told = toldError(create.error);
  const change = (next: boolean) => {
    if (!next) {
      create.reset();
      setTyped(blank);
    }
    onOpenChange(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(typed);
  };
  return (
    <Dialog title={t("newUser")} isOpen={isOpen} onOpenChange={change}>
      {create.data ? (
        <div className="grid gap-3">
          <Banner kind="ok">{t("created")}</Banner>
          <p className="text-ink-2 text-sm">{t("handOver")}</p>
          <p className="flex items-center justify-between rounded-2 border border-line-2 px-3 py-1">
            <output className="code text-lg">{create.data.oneTimePassword}</output>
            <CopyButton text={create.data.oneTimePassword} what={t("password")} />
          </p>
        </div>
      ) : (
        <form onSubmit={submit} className="grid gap-4">
          <Field
            label={t("name")}
            required
            value={typed.name}
            onChange={(event) => setTyped({ ...typed, name: event.target.value })}
          />
          <Field
            label={t("email")}
            type="email"
            required
            value={typed.email}
            error={told?.sentence ?? null}
            onChange={(event) => setTyped({ ...typed, email: event.target.value })}
          />
          <SelectField
            label={t("role")}
            value={typed.role}
            onChange={(event) =>
              setTyped({ ...typed, role: roles.find((role) => role === event.target.value) ?? "requester" })
            }
          >
            {roles.map((role) => (
              <option key={role} value={role}>
                {tRoles(role)}
              </option>
            ))}
          </SelectField>
          <div className="flex justify-end">
            <Button type="submit" variant="primary" disabled={create.isPending}>
              {t("create")}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
