import type { HttpAnswer, HttpMethod, Resend, SocketListening } from "@/lib/pipeline/web-node";

/** What a web node asks for, everything found out; the worker does it as it stands. */
export type WebJob = HttpJob | SocketJob;

type WebJobBase = {
  readonly node: string;
  /** With its query; http or https, ws or wss. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Headers that are written nowhere, and texts that are not to be seen in what is. */
  readonly secretHeaders: Readonly<Record<string, string>>;
  readonly hidden: readonly string[];
  /** Doing it twice does no more than doing it once. */
  readonly repeatable: boolean;
  readonly resend: Resend;
};

export type HttpJob = WebJobBase & {
  readonly kind: "http";
  readonly method: HttpMethod;
  /** `path` is a file of this machine. */
  readonly body: { readonly text: string } | { readonly path: string } | null;
  readonly answer: HttpAnswer;
};

export type SocketJob = WebJobBase & {
  readonly kind: "websocket";
  readonly protocols: readonly string[];
  readonly messages: readonly string[];
  readonly listen: SocketListening | null;
};
