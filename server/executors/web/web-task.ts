import type { WebAccess } from "@/server/executors/web/web-access";

/** What the doing of a web job may use. */
export type WebTask = {
  readonly access: WebAccess;
  /** `out/` of the attempt. */
  readonly out: string;
  readonly timeoutSeconds: number;
  /** The time limit. */
  readonly endsAtMs: number;
  /** Aborted by a cancel and at the time limit. */
  readonly signal: AbortSignal;
  /** A line of the log, without what is hidden. */
  say(line: string): Promise<void>;
  /** A value without what is hidden. */
  conceal<Value>(value: Value): Value;
  /**
   * Before something that must not be asked twice: from here on its outcome is unknown until it is known. False after an
   * answer that says that nothing was done.
   */
  noteAsked(isAsked: boolean): Promise<void>;
};
