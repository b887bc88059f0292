import { type DagonStatus, dagonStatuses, readDagonStatus } from "@/lib/external/dagon-status";
import { suggestName } from "@/lib/nearest-name";

/** One call of DAGonStar's client (`dagon/api`), or of the tools beside it. */
export type DagonCall =
  | { readonly kind: "check" | "create" | "list" }
  | { readonly kind: "add-task" | "workflow"; readonly workflow: string }
  | { readonly kind: "find"; readonly name: string }
  | { readonly kind: "task"; readonly workflow: string; readonly task: string }
  | { readonly kind: "status"; readonly workflow: string; readonly task: string; readonly status: DagonStatus }
  | {
      readonly kind: "update";
      readonly workflow: string;
      readonly task: string;
      readonly attribute: string;
      readonly value: string;
    }
  | { readonly kind: "dependency"; readonly workflow: string; readonly task: string; readonly dependency: string }
  | { readonly kind: "subscribe"; readonly subscriber: string; readonly workflow: string; readonly task: string };

/** Why a request is no such call: an HTTP status and a sentence. */
export type WrongCall = { readonly kind: "wrong"; readonly status: 400 | 404 | 405; readonly message: string };

type Request = {
  readonly method: string;
  /** The path behind the token, as it was sent, without a slash in front. */
  readonly path: string;
  /** What stands behind the question mark, as it was sent. */
  readonly query: string;
};

/**
 * Reads a request. Names of tasks may hold slashes and what is not percent-encoded: the client pastes them into the
 * address as they are.
 * Source: EXECUTION.md, section 15; DagOnService `app/main.py`.
 */
export function parseDagonCall({ method, path, query }: Request): DagonCall | WrongCall {
  const segments = path.replace(/\/+$/, "").split("/").map(decodeLeniently);
  if (method === "GET" || method === "HEAD") return parseGet(segments);
  if (method === "POST") return parsePost(segments);
  if (method === "PUT") return parsePut(segments, query);
  return { kind: "wrong", status: 405, message: `${method} is not accepted here.` };
}

/** Percent-encoding where it is right; a lone percent sign stays one. */
function decodeLeniently(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch (error) {
      if (error instanceof URIError) return encoded;
      throw error;
    }
  });
}

function parseGet(segments: readonly string[]): DagonCall | WrongCall {
  const [first = "", second = "", ...rest] = segments;
  if (first === "delete")
    return { kind: "wrong", status: 405, message: "Runs are not deleted by scripts; delete them in the portal." };
  if (first === "check" || first === "list") return { kind: first };
  if (first === "getworkflow") return { kind: "find", name: [second, ...rest].join("/") };
  if (first === "subscribe" && rest.length >= 2) {
    const [workflow = "", ...task] = rest;
    return { kind: "subscribe", subscriber: second, workflow, task: task.join("/") };
  }
  if (first === "") return notFound(segments);
  return second === ""
    ? { kind: "workflow", workflow: first }
    : { kind: "task", workflow: first, task: [second, ...rest].join("/") };
}

function parsePost(segments: readonly string[]): DagonCall | WrongCall {
  const [first, workflow = ""] = segments;
  if (first === "create") return { kind: "create" };
  return first === "add_task" && workflow !== "" ? { kind: "add-task", workflow } : notFound(segments);
}

function parsePut(segments: readonly string[], query: string): DagonCall | WrongCall {
  const [first = "", workflow = "", ...rest] = segments;
  const last = rest.at(-1) ?? "";
  const task = rest.slice(0, -1).join("/");
  if (first === "changestatus" && task !== "") {
    const status = readDagonStatus(last);
    if (status !== null) return { kind: "status", workflow, task, status };
    const message = `“${last}” is no status.${suggestName(last, dagonStatuses)}`;
    return { kind: "wrong", status: 400, message };
  }
  if (first === "update" && task !== "")
    return { kind: "update", workflow, task, attribute: last, value: valueIn(query) };
  const at = rest.lastIndexOf("dependency", rest.length - 2);
  const names = [workflow, ...rest.slice(0, Math.max(at, 0))].join("/");
  const dependency = rest.slice(at + 1).join("/");
  if (at >= 0 && dependency !== "") return { kind: "dependency", workflow: first, task: names, dependency };
  return notFound(segments);
}

/** All that follows `value=`, ampersands and plus signs included: the client does not encode them. */
function valueIn(query: string): string {
  const at = query.search(/(?:^|&)value=/);
  return at < 0 ? "" : decodeLeniently(query.slice(query.indexOf("=", at) + 1));
}

const notFound = (segments: readonly string[]): WrongCall => ({
  ...{ kind: "wrong", status: 404 },
  message: `There is no call /${segments.join("/").slice(0, 200)}.`,
});
