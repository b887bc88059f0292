import { errors as enErrors } from "@/lib/messages/en/errors";
import { errors as itErrors } from "@/lib/messages/it/errors";

export const locales = ["en", "it"] as const;
export type Locale = (typeof locales)[number];

/** The English dictionary is the shape that every language fills. */
export const en = { errors: enErrors };
export type Messages = typeof en;
export const it: Messages = { errors: itErrors };

export const messages: Record<Locale, Messages> = { en, it };
