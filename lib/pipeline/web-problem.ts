import type { NodeDefinition, WebNode } from "@/lib/pipeline/definition";
import type { FieldProblem } from "@/lib/pipeline/field-problem";
import { fixedOrigin } from "@/lib/pipeline/fixed-origin";
import { isRepeatable, isSafeMethod } from "@/lib/pipeline/is-repeatable";
import { addressProblem } from "@/lib/pipeline/wait-problem";
import { addressOf, webBindings } from "@/lib/pipeline/web-bindings";
import { webFiles } from "@/lib/pipeline/web-files";
import type { HttpAnswer, HttpRequest, SocketListening, WebAuth } from "@/lib/pipeline/web-node";

const mostBytes = 16 * 1024 ** 3;

/** Why a node could not ask a web server or listen to one; null when it can, and for other kinds. */
export function webProblem(node: NodeDefinition): FieldProblem | null {
  if (node.kind !== "http" && node.kind !== "websocket") return null;
  const place = node.kind === "http" ? "request" : "connect";
  return (
    goalProblem(node, place) ??
    headerProblem(node, place) ??
    secretProblem(node) ??
    (node.kind === "http"
      ? (requestProblem(node.request, Object.keys(node.inputs)) ?? answerProblem(node.answer, node.request))
      : talkProblem(node)) ??
    onceProblem(node) ??
    shapeProblem(node)
  );
}

function goalProblem(node: WebNode, place: string): FieldProblem | null {
  const { url, auth } = addressOf(node);
  const field = `${place}, url`;
  const schemes = node.kind === "http" ? (["http", "https"] as const) : (["ws", "wss"] as const);
  const wrong = addressProblem(url, { field, schemes });
  if (wrong !== null) return wrong;
  if (auth === null || fixedOrigin(url) !== null) return null;
  return { field, problem: "a secret goes along, so the name of the server must stand there as it is." };
}

/** Headers that decide how the request travels, or that would carry a secret in the definition. */
const ownHeaders = /^(host|connection|content-length|transfer-encoding|upgrade|expect|te|trailer|sec-websocket-.*)$/i;
const secretHeaders = /^(authorization|proxy-authorization|cookie)$/i;
const token = /^[\w!#$%&'*+.^`|~-]{1,100}$/;

function headerProblem(node: WebNode, place: string): FieldProblem | null {
  const { headers, auth } = addressOf(node);
  for (const name of Object.keys(headers)) {
    const field = `${place}, headers ${name}`;
    if (!token.test(name)) return { field, problem: "this is no name of a header." };
    if (ownHeaders.test(name)) return { field, problem: "this header cannot be set." };
    if (secretHeaders.test(name))
      return { field, problem: "a secret does not stand in a definition; name its variable in auth." };
  }
  return auth === null ? null : authProblem(auth, `${place}, auth`);
}

function authProblem(auth: WebAuth, field: string): FieldProblem | null {
  if (!/^[A-Z_][A-Z0-9_]{0,62}$/.test(auth.secret))
    return { field, problem: `“${auth.secret}” is no name of a variable (A-Z, 0-9 and _, at most 63).` };
  if (auth.kind === "basic" && auth.user.includes(":")) return { field, problem: "a user cannot hold a colon." };
  if (auth.kind !== "header") return null;
  if (!token.test(auth.header)) return { field, problem: `“${auth.header}” is no name of a header.` };
  return ownHeaders.test(auth.header) ? { field, problem: `${auth.header} cannot be set.` } : null;
}

function secretProblem(node: WebNode): FieldProblem | null {
  const found = Object.entries(webBindings(node, new Date(0))).find(([, { from }]) => from === "secret");
  if (found === undefined) return null;
  return { field: found[0], problem: "a secret goes to a server only by auth: bearer, basic or header." };
}

function requestProblem({ method, body }: HttpRequest, inputs: readonly string[]): FieldProblem | null {
  const field = "request, body";
  if (body === null) return null;
  if (isSafeMethod(method)) return { field, problem: `a ${method} has no body; use POST or PUT.` };
  if (body.kind !== "json" && !/^[\w.+-]+\/[\w.+-]+( *;.*)?$/.test(body.mimeType))
    return { field, problem: `“${body.mimeType}” is no type such as text/plain.` };
  if (body.kind !== "file" || inputs.includes(body.input)) return null;
  return { field, problem: `there is no input “${body.input}”; the inputs are ${inputs.join(", ") || "none"}.` };
}

function answerProblem(answer: HttpAnswer, { method }: HttpRequest): FieldProblem | null {
  const { statuses, fields, save, headers } = answer;
  const wrong = statuses.find((status) => !(Number.isInteger(status) && status >= 200 && status <= 599));
  if (wrong !== undefined) return { field: "answer, statuses", problem: `${wrong} is no status from 200 to 599.` };
  for (const [name, pointer] of Object.entries(fields))
    if (pointer !== "" && !/^(\/([^~]|~[01])*)+$/.test(pointer))
      return { field: `answer, fields ${name}`, problem: `“${pointer}” is no JSON pointer such as /job/id.` };
  const header = headers.find((name) => !token.test(name));
  if (header !== undefined) return { field: "answer, headers", problem: `“${header}” is no name of a header.` };
  if (method === "HEAD" && (save !== null || Object.keys(fields).length > 0))
    return { field: "answer", problem: "a HEAD has no body to keep." };
  return sizeProblem(answer.mostBytes, "answer") ?? (save === null ? null : saveProblem(save, "answer"));
}

function sizeProblem(bytes: number, place: string): FieldProblem | null {
  if (Number.isInteger(bytes) && bytes > 0 && bytes <= mostBytes) return null;
  return { field: `${place}, mostBytes`, problem: `it must be from 1 to ${mostBytes} bytes.` };
}

function saveProblem(save: string, place: string): FieldProblem | null {
  const field = `${place}, save`;
  const isInner = save.split("/").every((part) => part !== "" && part !== "." && part !== "..");
  if (!isInner || !/^[^\\\0*?[\]{}]{1,200}$/.test(save)) return { field, problem: `“${save}” is no path below out/.` };
  const isOurs = save === "record.json" || save.startsWith(".") || /\.(part|tmp)$/.test(save);
  return isOurs ? { field, problem: `“${save}” has another meaning; choose another name.` } : null;
}

function talkProblem(node: Extract<WebNode, { kind: "websocket" }>): FieldProblem | null {
  const { send, listen, connect, timeoutSeconds } = node;
  const wrong = connect.protocols.find((protocol) => !token.test(protocol));
  if (wrong !== undefined) return { field: "connect, protocols", problem: `“${wrong}” is no name of a protocol.` };
  if (listen !== null) return listenProblem(listen, timeoutSeconds);
  return send.length > 0 ? null : { field: "send", problem: "it neither sends a message nor listens." };
}

function listenProblem(listen: SocketListening, timeoutSeconds: number): FieldProblem | null {
  const { count, until, seconds } = listen;
  if (count !== null && !(Number.isInteger(count) && count >= 1))
    return { field: "listen, count", problem: `${count} is no whole number from 1.` };
  if (until !== null && until.length === 0)
    return { field: "listen, until", problem: "name at least one rule, or null for none." };
  if (!(seconds > 0 && seconds < timeoutSeconds))
    return { field: "listen, seconds", problem: `it must be above 0 and below timeoutSeconds (${timeoutSeconds}).` };
  return sizeProblem(listen.mostBytes, "listen") ?? saveProblem(listen.save, "listen");
}

/** What may be done only once is not tried again by anybody. */
function onceProblem(node: WebNode): FieldProblem | null {
  const { resend, retry } = node;
  if (!(Number.isInteger(resend.count) && resend.count >= 0 && resend.delaySeconds >= 0))
    return { field: "resend", problem: "count is a whole number from 0, delaySeconds cannot be negative." };
  const mayRepeat = node.kind === "http" ? isRepeatable(node.request) : node.repeatable;
  const counts = [retry.count, retry.crashCount, ...Object.values(retry.byFailure ?? {})];
  if (mayRepeat || counts.every((count) => count === 0)) return null;
  const cure = node.kind === "http" ? "give it an idempotency key" : "make it repeatable";
  return { field: "retry", problem: `what it asks for could be done twice; ${cure}, or set all counts to 0.` };
}

function shapeProblem(node: WebNode): FieldProblem | null {
  if (node.cache !== undefined)
    return { field: "cache", problem: "what a server answers changes; only programs and commands are cached." };
  if (node.product !== undefined)
    return { field: "product", problem: "only a program or command can publish a product." };
  const save = node.kind === "http" ? node.answer.save : (node.listen?.save ?? null);
  const made = webFiles(save);
  const other = node.outputs.find(({ pattern }) => !made.includes(pattern));
  if (other === undefined) return null;
  return { field: "outputs", problem: `it makes ${made.join(" and ")}, not “${other.pattern}”.` };
}
