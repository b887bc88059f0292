import type { FilterRule } from "@/lib/dag/artifact-filter";
import type { Binding } from "@/lib/pipeline/binding";

/**
 * What an http node asks of a web server. `url` may hold {YYYY}, {MM}, {DD} and {HH} of the cycle and expressions, as that
 * of a sensor; the server's name must stand there as it is when a secret goes along.
 */
export type HttpRequest = {
  readonly method: HttpMethod;
  readonly url: string;
  /** One without a value is left out; a list is given once for each member. */
  readonly query: Readonly<Record<string, Binding>>;
  readonly headers: Readonly<Record<string, Binding>>;
  readonly body: HttpBody | null;
  readonly auth: WebAuth | null;
  /**
   * A method that changes something carries the header `Idempotency-Key`, the same until the server has clearly answered,
   * so that asking again after a lost answer is safe. False for a server that takes none: then nothing is asked twice.
   */
  readonly idempotencyKey: boolean;
};

export const httpMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;
export type HttpMethod = (typeof httpMethods)[number];

/** `text` goes as it is, other values as JSON; the keys of `json` are those of one object; `file` is a staged input. */
export type HttpBody =
  | { readonly kind: "text"; readonly text: Binding; readonly mimeType: string }
  | { readonly kind: "json"; readonly fields: Readonly<Record<string, Binding>> }
  | { readonly kind: "file"; readonly input: string; readonly mimeType: string };

/** Who asks, by the name of a variable of the worker's environment that `secrets` of its configuration names. */
export type WebAuth =
  | { readonly kind: "bearer"; readonly secret: string }
  | { readonly kind: "basic"; readonly user: string; readonly secret: string }
  | { readonly kind: "header"; readonly header: string; readonly secret: string };

/** What counts as an answer, and what is kept of it. */
export type HttpAnswer = {
  /** Statuses that are expected; empty: any of 200 to 299. */
  readonly statuses: readonly number[];
  /** A larger body fails the task. */
  readonly mostBytes: number;
  /** File below `out/` for the body; null drops it. */
  readonly save: string | null;
  /** Metadata by name from a JSON body: the place as a JSON pointer, such as `/job/id` (RFC 6901). */
  readonly fields: Readonly<Record<string, string>>;
  /** Headers that become metadata, `-` written as `_`. */
  readonly headers: readonly string[];
};

/** How often the same is tried again within an attempt, where the line broke or the server was busy (429, 5xx). */
export type Resend = {
  readonly count: number;
  /** Doubled each time; a server's Retry-After comes before it. */
  readonly delaySeconds: number;
};

/** A websocket that is opened; `url` as that of a request, with ws or wss. */
export type SocketAddress = {
  readonly url: string;
  readonly query: Readonly<Record<string, Binding>>;
  readonly headers: Readonly<Record<string, Binding>>;
  /** Subprotocols, the preferred one first. */
  readonly protocols: readonly string[];
  readonly auth: WebAuth | null;
};

/** What is listened for. It ends at so many messages, at one that matches all rules, or when the time is over. */
export type SocketListening = {
  readonly count: number | null;
  /** Rules over the keys of a JSON message; `text` is the message as it came. Null matches none. */
  readonly until: readonly FilterRule[] | null;
  /** Since the first connection. */
  readonly seconds: number;
  /** What the end of the time means. */
  readonly atDeadline: "end" | "fail";
  readonly mostBytes: number;
  /** File below `out/` with one JSON object a line for each message. */
  readonly save: string;
};
