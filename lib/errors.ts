import type { AccessErrors } from "@/lib/errors/access";
import type { EngineErrors } from "@/lib/errors/engine";
import type { ExecutionErrors } from "@/lib/errors/execution";
import type { ExpressionErrors } from "@/lib/errors/expression";
import type { FormatErrors } from "@/lib/errors/formats";
import type { HostErrors } from "@/lib/errors/host";
import type { InterchangeErrors } from "@/lib/errors/interchange";
import type { MetErrors } from "@/lib/errors/met";
import type { OperatorErrors } from "@/lib/errors/operators";
import type { RetentionErrors } from "@/lib/errors/retention";
import type { SeaErrors } from "@/lib/errors/sea";
import type { WaitErrors } from "@/lib/errors/waits";
import type { WebErrors } from "@/lib/errors/web";

/** Every expected failure by its code, with the fields its sentence needs. */
export type ErrorFields = AccessErrors &
  EngineErrors &
  ExecutionErrors &
  ExpressionErrors &
  FormatErrors &
  HostErrors &
  InterchangeErrors &
  MetErrors &
  OperatorErrors &
  RetentionErrors &
  SeaErrors &
  WaitErrors &
  WebErrors;
export type ErrorCode = keyof ErrorFields;

/**
 * An expected failure. Its sentence (what, which one, what was expected, what to do) stands in `lib/messages`
 * under the same code; `message` is for logs.
 * `retryable` says whether the same call may succeed later without any change.
 */
export class NereusError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly fields: ErrorFields[Code];
  readonly retryable: boolean;

  constructor(code: Code, fields: ErrorFields[Code], options: { cause?: unknown; retryable?: boolean } = {}) {
    super(`${code}: ${JSON.stringify(fields)}`, { cause: options.cause });
    this.name = "NereusError";
    this.code = code;
    this.fields = fields;
    this.retryable = options.retryable ?? false;
  }
}

/** True for a failure with this code; narrows its fields. */
export function isNereusError<Code extends ErrorCode>(error: unknown, code?: Code): error is NereusError<Code> {
  return error instanceof NereusError && (code === undefined || error.code === code);
}
