"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog } from "@/app/_ui/dialog.client";
import { Field } from "@/app/_ui/field";

type Props = {
  title: string;
  description: string;
  confirm: string;
  isOpen: boolean;
  isBusy: boolean;
  isDangerous?: boolean;
  /** False when the act needs no reason. */
  needsReason?: boolean;
  error: string | null;
  onOpenChange: (isOpen: boolean) => void;
  onConfirm: (reason: string) => void;
};

/** Asks once more before an operator's act, says what it will do, and takes the reason for the audit log. */
export function ReasonDialog(props: Props) {
  const t = useTranslations("common");
  const [reason, setReason] = useState("");
  const needsReason = props.needsReason ?? true;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onConfirm(reason.trim());
  };
  return (
    <Dialog title={props.title} description={props.description} isOpen={props.isOpen} onOpenChange={props.onOpenChange}>
      <form onSubmit={submit} className="grid gap-4">
        {needsReason ? (
          <Field
            label={t("reason")}
            hint={t("reasonHint")}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            required
          />
        ) : null}
        {props.error ? (
          <p role="alert" className="text-bad-text text-sm">
            {props.error}
          </p>
        ) : null}
        <div className="flex justify-end gap-2">
          <Button onClick={() => props.onOpenChange(false)}>{t("cancel")}</Button>
          <Button
            type="submit"
            variant={props.isDangerous ? "danger" : "primary"}
            disabled={props.isBusy || (needsReason && reason.trim() === "")}
          >
            {props.confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
