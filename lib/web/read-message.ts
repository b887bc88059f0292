import type { FilterRule } from "@/lib/dag/artifact-filter";
import { matchesRule } from "@/lib/dag/matches-rule";
import { readPointer } from "@/lib/web/json-pointer";

/** A message of a websocket as it came: text, or bytes in base64. */
export type SocketMessage = { readonly text: string } | { readonly base64: string };

/**
 * A message as one line of JSON: `{"at":...,"json":...}`, else with `text`, else with `base64`. JSON keeps the digits of
 * its numbers: line ends can only stand between its parts and become blanks.
 */
export function lineOfMessage(message: SocketMessage, at: Date): string {
  const begin = `{"at":${JSON.stringify(at.toISOString())}`;
  if ("base64" in message) return `${begin},"base64":${JSON.stringify(message.base64)}}\n`;
  return parseJson(message.text) === undefined
    ? `${begin},"text":${JSON.stringify(message.text)}}\n`
    : `${begin},"json":${message.text.trim().replaceAll(/[\r\n]+/g, " ")}}\n`;
}

/**
 * Whether a message satisfies all rules. A rule names a key of a JSON message, a place in it by a JSON pointer (`/job/id`),
 * or `text`; bytes match nothing.
 */
export function matchesMessage(message: SocketMessage, rules: readonly FilterRule[]): boolean {
  if ("base64" in message) return false;
  const { text } = message;
  const json = parseJson(text);
  return rules.every((rule) => {
    const value = rule.field.startsWith("/") ? readPointer(json, rule.field) : ownValue(json, rule.field, text);
    const about = { file_name: "", file_size: null, mime_type: null, metadata: { [named]: value } };
    return matchesRule(about, { ...rule, field: named });
  });
}

/** No rule of a message means a file. */
const named = "of the message";

function ownValue(json: unknown, field: string, text: string): unknown {
  if (typeof json === "object" && json !== null && Object.hasOwn(json, field))
    return Object.entries(json).find(([name]) => name === field)?.[1];
  return field === "text" ? text : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
