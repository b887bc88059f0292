import { errors as enErrors } from "@/lib/messages/en/errors";
import { shell as enShell } from "@/lib/messages/en/shell";
import { errors as itErrors } from "@/lib/messages/it/errors";
import { shell as itShell } from "@/lib/messages/it/shell";

export const locales = ["en", "it"] as const;
export type Locale = (typeof locales)[number];

/** The English dictionary is the shape that every language fills. */
export const en = {
  errors: enErrors,
  shell: enShell,
};
export type Messages = typeof en;
export const it: Messages = {
  errors: itErrors,
  shell: itShell,
};

export const messages: Record<Locale, Messages> = { en, it };
