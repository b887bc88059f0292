import { randomBytes } from "node:crypto";
import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { type ErrorCode, isNereusError } from "@/lib/errors";
import type { Locale } from "@/lib/messages/messages";
import { renderError } from "@/lib/messages/render-error";
import { log } from "@/server/api/log";

/** What a failed call tells: a sentence in the reader's language, and code and fields for programs. */
export type ApiError = {
  readonly code: ErrorCode | "fields-invalid" | "internal";
  readonly sentence: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Under what the log keeps an internal error. */
  readonly reference: string | null;
};
type TrpcCode = TRPCError["code"];

const codes: Partial<Record<ErrorCode, TrpcCode>> = {
  "sign-in-required": "UNAUTHORIZED",
  "sign-in-refused": "UNAUTHORIZED",
  "not-permitted": "FORBIDDEN",
  "portal-busy": "SERVICE_UNAVAILABLE",
  "run-unknown": "NOT_FOUND",
  "pipeline-unknown": "NOT_FOUND",
  "schedule-unknown": "NOT_FOUND",
  "account-unknown": "NOT_FOUND",
  "dagon-token-unknown": "NOT_FOUND",
  "preview-unknown": "NOT_FOUND",
  "upload-too-large": "PAYLOAD_TOO_LARGE",
  "product-unknown": "NOT_FOUND",
  "product-file-unknown": "NOT_FOUND",
  "open-file-unknown": "NOT_FOUND",
  "node-unknown": "NOT_FOUND",
  "task-unknown": "NOT_FOUND",
  "artifact-unknown": "NOT_FOUND",
  "run-already-ended": "CONFLICT",
  "run-changed": "CONFLICT",
  "run-being-cancelled": "CONFLICT",
  "task-already-ended": "CONFLICT",
  "email-taken": "CONFLICT",
  "farms-too-many": "CONFLICT",
  "last-admin": "CONFLICT",
  "database-unreachable": "INTERNAL_SERVER_ERROR",
};

/** The tRPC code of an expected failure; a bad request when the table does not say. */
export function trpcCodeOf(error: unknown): TrpcCode {
  if (error instanceof TRPCError) return error.code;
  if (isNereusError(error)) return codes[error.code] ?? "BAD_REQUEST";
  return "INTERNAL_SERVER_ERROR";
}

/** Turns any failure into what may be told; an unknown one is logged whole under a reference. */
export function mapError(error: unknown, locale: Locale): ApiError {
  const cause = error instanceof TRPCError ? error.cause : error;
  if (isNereusError(cause))
    return {
      code: cause.code,
      sentence: renderError(cause, locale, { localTimes: true }),
      fields: cause.fields,
      reference: null,
    };
  if (cause instanceof ZodError) return describeFields(cause);
  if (error instanceof TRPCError && error.code !== "INTERNAL_SERVER_ERROR")
    return { code: "fields-invalid", sentence: error.message, fields: {}, reference: null };
  const reference = randomBytes(4).toString("hex");
  log.error({ reference, err: cause ?? error }, "a call failed");
  return { code: "internal", sentence: renderError(error, locale, { reference }), fields: {}, reference };
}

/** One sentence per field, under its dotted path, as the schema words it. */
function describeFields(error: ZodError): ApiError {
  const fields = Object.fromEntries(error.issues.map((issue) => [issue.path.join("."), issue.message]));
  return { code: "fields-invalid", sentence: Object.values(fields).join(" "), fields, reference: null };
}
