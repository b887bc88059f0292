import WebSocket, { createWebSocketStream } from "ws";
import { NereusError } from "@/lib/errors";
import type { SocketMessage } from "@/lib/web/read-message";
import { guardAddress } from "@/server/storage/guard-address";

/** Between two looks whether the line still lives, ms; one without a sign of life in between is broken. */
const pulseMs = 30_000;

/** Largest message, bytes: it is made a text and parsed, as JSON of a request is. */
const mostMessageBytes = 16 * 1024 ** 2;

/** For the server to close as well, ms. */
const closeMs = 1000;

/**
 * Opens a websocket; a redirection is not followed. Messages wait until they are read, the server with them.
 * @throws {NereusError} address-refused; server-silent (retryable, but for a server that refuses by 4xx);
 *   socket-message-too-large while messages are read
 */
export async function openSocket(
  url: string,
  wish: {
    readonly headers: Readonly<Record<string, string>>;
    readonly protocols: readonly string[];
    readonly timeoutSeconds: number;
    readonly mostBytes: number;
    readonly privateHosts: readonly string[];
    readonly signal: AbortSignal;
  },
) {
  const address = new URL(url);
  const place = address.origin + address.pathname;
  const silent = (problem: string, retryable = true, cause?: unknown) =>
    new NereusError("server-silent", { url: place, problem }, { retryable, cause });
  const limitBytes = Math.min(wish.mostBytes, mostMessageBytes);
  wish.signal.throwIfAborted();
  const socket = new WebSocket(url, [...wish.protocols], {
    headers: wish.headers,
    handshakeTimeout: Math.ceil(wish.timeoutSeconds * 1000),
    maxPayload: limitBytes,
    // A small frame could become a large message.
    perMessageDeflate: false,
    lookup: guardAddress(address, wish.privateHosts),
    followRedirects: false,
  });
  const stream = createWebSocketStream(socket, { readableObjectMode: true });
  // Whoever reads or waits is told; nobody else needs to be.
  stream.on("error", () => undefined);
  const end = () => socket.terminate();
  wish.signal.addEventListener("abort", end, { once: true });
  socket.once("close", () => wish.signal.removeEventListener("abort", end));
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("unexpected-response", (request, { statusCode = 0 }) => {
      request.destroy();
      reject(silent(`the server answered ${statusCode}`, statusCode >= 500 || statusCode === 429));
    });
    socket.once("error", (error) =>
      reject(error instanceof NereusError ? error : silent(error.message || error.name, true, error)),
    );
  });
  keepAlive(socket);
  let farewell: string | null = null;
  socket.once("close", (code, reason) => {
    farewell = orderly.has(code) ? null : `the line was closed with code ${code} ${reason.toString()}`.trim();
  });
  return {
    send: (text: string) =>
      new Promise<void>((resolve, reject) =>
        socket.send(text, (error) => (error ? reject(silent(error.message, true, error)) : resolve())),
      ),
    messages: readMessages(stream, {
      ...{ silent, farewell: () => farewell },
      tooLarge: () => new NereusError("socket-message-too-large", { url: place, limitBytes }),
    }),
    close: () => {
      socket.close(1000);
      setTimeout(end, closeMs).unref();
    },
  };
}

/** Codes of a server that has said all: done, going away, none given. Source: RFC 6455, 7.4.1. */
const orderly: ReadonlySet<number> = new Set([1000, 1001, 1005]);

async function* readMessages(
  stream: AsyncIterable<unknown>,
  about: {
    silent(problem: string, retryable: boolean, cause?: unknown): NereusError;
    /** Why the line was closed; null when that was in order. */
    farewell(): string | null;
    tooLarge(): NereusError;
  },
): AsyncGenerator<SocketMessage> {
  try {
    for await (const chunk of stream)
      yield Buffer.isBuffer(chunk) ? { base64: chunk.toString("base64") } : { text: String(chunk) };
  } catch (error) {
    if (isTooLarge(error)) throw about.tooLarge();
    throw about.silent(error instanceof Error ? error.message : String(error), true, error);
  }
  const farewell = about.farewell();
  if (farewell !== null) throw about.silent(farewell, true);
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";

/** A line that was cut somewhere tells nothing: only a missing answer shows it. */
function keepAlive(socket: WebSocket): void {
  let isAlive = true;
  const live = () => {
    isAlive = true;
  };
  const pulse = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, pulseMs);
  socket.on("pong", live).on("message", live);
  socket.once("close", () => clearInterval(pulse));
}
