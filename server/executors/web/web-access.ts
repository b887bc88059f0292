import type { SocketMessage } from "@/lib/web/read-message";

/**
 * How web servers are reached; handed in, so that the rule about private addresses is that of the sensors. Both throw
 * `address-refused` for what may not be asked, and `server-silent` (retryable) for broken lines.
 */
export type WebAccess = {
  ask(url: string, question: WebQuestion): Promise<WebReply>;
  open(url: string, wish: SocketWish): Promise<Socket>;
};

export type WebQuestion = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | { readonly path: string };
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
};

export type WebReply = {
  readonly status: number;
  /** By small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** Read it whole or destroy it. */
  readonly body: AsyncIterable<Uint8Array> & { destroy(): unknown };
};

export type SocketWish = {
  readonly headers: Readonly<Record<string, string>>;
  readonly protocols: readonly string[];
  readonly timeoutSeconds: number;
  /** A longer message breaks the connection. */
  readonly mostBytes: number;
  readonly signal: AbortSignal;
};

export type Socket = {
  /** Resolves when the system has taken it. */
  send(text: string): Promise<void>;
  /** In order, from the opening on; ends when the server closes, throws `server-silent` when the line breaks. */
  readonly messages: AsyncIterator<SocketMessage>;
  close(): void;
};
