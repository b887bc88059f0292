import type { Binding } from "@/lib/pipeline/binding";
import { baseOf, type NodeSpec, output } from "@/lib/pipeline/define-pipeline";
import type { HttpNode, WebsocketNode } from "@/lib/pipeline/definition";
import { isRepeatable } from "@/lib/pipeline/is-repeatable";
import { webFiles } from "@/lib/pipeline/web-files";
import type { HttpAnswer, HttpRequest, Resend, SocketAddress, SocketListening } from "@/lib/pipeline/web-node";
import { webPool } from "@/lib/pipeline/web-pool";

type WebSpec = Omit<NodeSpec, "outputs" | "cpus" | "memoryMb" | "cache" | "product"> & {
  readonly resend?: Partial<Resend>;
};

type HttpSpec = WebSpec &
  Partial<Omit<HttpRequest, "url">> &
  Partial<Omit<HttpAnswer, "headers">> & {
    readonly url: string;
    /** Headers of the answer that become metadata. */
    readonly keepHeaders?: readonly string[];
  };

/** A node that asks a web server; by default GET, any status of 200 to 299, at most 256 MiB, tried again three times. */
export function http(id: string, spec: HttpSpec): HttpNode {
  const request: HttpRequest = {
    method: spec.method ?? "GET",
    url: spec.url,
    query: spec.query ?? {},
    headers: spec.headers ?? {},
    body: spec.body ?? null,
    auth: spec.auth ?? null,
    idempotencyKey: spec.idempotencyKey ?? true,
  };
  const answer: HttpAnswer = {
    statuses: spec.statuses ?? [],
    mostBytes: spec.mostBytes ?? 256 * 1024 ** 2,
    save: spec.save ?? null,
    fields: spec.fields ?? {},
    headers: spec.keepHeaders ?? [],
  };
  const repeatable = isRepeatable(request);
  return {
    ...webBase(id, spec, { save: answer.save, repeatable, timeoutSeconds: 300 }),
    ...{ kind: "http", request, answer, resend: resendOf(spec, repeatable) },
  };
}

type SocketSpec = WebSpec & Partial<Omit<SocketAddress, "url">> & { readonly url: string };

type SubscribeSpec = SocketSpec &
  Partial<Omit<SocketListening, "seconds">> & {
    readonly seconds: number;
    /** Sent after each connection, such as a request for a topic. */
    readonly send?: readonly Binding[];
  };

/** A node that listens: to so many messages, to one that matches, or for so many seconds. */
export function subscribe(id: string, spec: SubscribeSpec): WebsocketNode {
  const { count = null, until = null, seconds } = spec;
  const listen: SocketListening = {
    ...{ count, until, seconds },
    atDeadline: spec.atDeadline ?? (count === null && until === null ? "end" : "fail"),
    mostBytes: spec.mostBytes ?? 256 * 1024 ** 2,
    save: spec.save ?? "messages.jsonl",
  };
  return websocket(id, spec, { send: spec.send ?? [], listen, repeatable: true });
}

type PublishSpec = SocketSpec & {
  readonly messages: readonly Binding[];
  /** Rules of the message that says that all has arrived. */
  readonly acknowledgedBy?: SocketListening["until"];
  /** How long that is waited for. Default 30. */
  readonly acknowledgeSeconds?: number;
  readonly repeatable?: boolean;
};

/** A node that sends messages, and waits for an acknowledgement where one is named. */
export function publish(id: string, spec: PublishSpec): WebsocketNode {
  const { acknowledgedBy = null, acknowledgeSeconds = 30, repeatable = false } = spec;
  const listen: SocketListening | null =
    acknowledgedBy === null
      ? null
      : {
          ...{ count: null, until: acknowledgedBy, seconds: acknowledgeSeconds, atDeadline: "fail" },
          ...{ mostBytes: 16 * 1024 ** 2, save: "messages.jsonl" },
        };
  return websocket(id, spec, { send: spec.messages, listen, repeatable });
}

function websocket(
  id: string,
  spec: SocketSpec,
  talk: Pick<WebsocketNode, "send" | "listen" | "repeatable">,
): WebsocketNode {
  const connect: SocketAddress = {
    url: spec.url,
    query: spec.query ?? {},
    headers: spec.headers ?? {},
    protocols: spec.protocols ?? [],
    auth: spec.auth ?? null,
  };
  const { listen, repeatable } = talk;
  const base = { save: listen?.save ?? null, repeatable, timeoutSeconds: (listen?.seconds ?? 0) + 60 };
  return { ...webBase(id, spec, base), kind: "websocket", connect, ...talk, resend: resendOf(spec, repeatable) };
}

/** What may not be asked twice is not tried again by the engine either. */
function webBase(
  id: string,
  spec: WebSpec,
  of: { readonly save: string | null; readonly repeatable: boolean; readonly timeoutSeconds: number },
) {
  return baseOf(id, {
    ...{ pool: webPool, timeoutSeconds: of.timeoutSeconds, ...spec, cpus: 1, memoryMb: 64 },
    ...(of.repeatable ? {} : { retries: spec.retries ?? 0, crashRetries: spec.crashRetries ?? 0 }),
    outputs: webFiles(of.save).map((path) => output(path)),
  });
}

const resendOf = ({ resend }: WebSpec, repeatable: boolean): Resend => ({
  count: resend?.count ?? (repeatable ? 3 : 0),
  delaySeconds: resend?.delaySeconds ?? 1,
});
