import { isRecord } from "@/lib/interchange/is-record";
import { http, subscribe } from "@/lib/pipeline/define-web";
import { isKeyHeader, isSafeMethod } from "@/lib/pipeline/is-repeatable";
import { webFiles } from "@/lib/pipeline/web-files";

type Fields = Readonly<Record<string, unknown>>;

const plainHttp = http("", { url: "" });
const plainSocket = subscribe("", { url: "", seconds: 1 });

/** What the builder says of http and websocket nodes, beside the fields of every node. */
export const webDefaults = {
  http: bare(plainHttp),
  websocket: { ...bare(plainSocket), listen: null, repeatable: false },
};

/** The parts of an http or websocket node with what their writer left out; nothing for other kinds. */
export function fillWeb(node: Fields): Fields {
  if (node.kind === "http") {
    const { url: _url, ...request } = plainHttp.request;
    const answer = fill(plainHttp.answer, node.answer);
    const outputs = node.outputs ?? webFiles(saveOf(answer));
    const filled = { request: fill(request, node.request), answer, outputs };
    return { ...filled, resend: fillResend(node, !isOnce(node)) };
  }
  if (node.kind !== "websocket") return {};
  const { url: _url, ...connect } = plainSocket.connect;
  const listen = fillListening(node.listen);
  const outputs = node.outputs ?? webFiles(saveOf(listen));
  const listenSeconds = isRecord(listen) && typeof listen.seconds === "number" ? listen.seconds : 0;
  const timeoutSeconds = node.timeoutSeconds ?? listenSeconds + 60;
  const filled = { connect: fill(connect, node.connect), listen, outputs, timeoutSeconds };
  return { ...filled, resend: fillResend(node, !isOnce(node)) };
}

/** Whether a node asks for something that must not be asked for twice. */
export function isOnce({ kind, request, repeatable }: Fields): boolean {
  if (kind === "websocket") return repeatable !== true;
  if (kind !== "http" || !isRecord(request)) return false;
  const { method = "GET", idempotencyKey = true, headers } = request;
  const hasKey = idempotencyKey !== false || (isRecord(headers) && Object.keys(headers).some(isKeyHeader));
  return !isSafeMethod(String(method)) && !hasKey;
}

function bare<Node extends { readonly id: unknown; readonly kind: unknown }>(node: Node): Omit<Node, "id" | "kind"> {
  const { id: _id, kind: _kind, ...rest } = node;
  return rest;
}

const fill = (defaults: Fields, given: unknown): unknown =>
  given === undefined ? defaults : isRecord(given) ? { ...defaults, ...given } : given;

function fillListening(given: unknown): unknown {
  if (!isRecord(given)) return given ?? null;
  const { seconds: _seconds, atDeadline: _end, ...rest } = plainSocket.listen ?? {};
  const waits = (given.count ?? null) !== null || (given.until ?? null) !== null;
  return { ...rest, atDeadline: waits ? "fail" : "end", ...given };
}

const fillResend = ({ resend }: Fields, mayRepeat: boolean): unknown =>
  fill({ ...plainHttp.resend, count: mayRepeat ? plainHttp.resend.count : 0 }, resend);

const saveOf = (part: unknown): string | null => (isRecord(part) && typeof part.save === "string" ? part.save : null);
