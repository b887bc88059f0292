import { z } from "zod";
import { NereusError } from "@/lib/errors";
import { errors } from "@/lib/messages/en/errors";
import { renderError } from "@/lib/messages/render-error";
import { renderSentence } from "@/lib/messages/render-sentence";
import type { JobNode, ProgramNode } from "@/lib/pipeline/definition";
import type { Site } from "@/server/engine/engine";
import { type Sentinel, scratchNames } from "@/server/executors/runner";
import type { AttemptRow } from "@/server/store/attempt";

const tailLines = 20;
/** Longest part of a log that is looked at, bytes. */
const tailBytes = 16 * 1024;
/** Longest part of a log that a reason holds, characters. */
const longestTail = 2000;

/** Why an attempt that ended badly did: in the words of its program, else its exit code and last lines. */
export async function readFailureReason(
  site: Site,
  attempt: Pick<AttemptRow, "scratch">,
  what: { readonly node: JobNode; readonly sentinel: Sentinel },
): Promise<string> {
  const { node, sentinel } = what;
  const stderr = await readTail(site, attempt.scratch, scratchNames.stderr);
  const said = findSaidError(stderr);
  if (said !== null) return said;
  if (sentinel.timedOut) {
    return renderError(new NereusError("task-timed-out", { node: node.id, seconds: node.timeoutSeconds }), "en");
  }
  const { exitCode, signal } = sentinel;
  const stderrTail = stderr.split("\n").slice(-tailLines).join("\n").trim().slice(-longestTail);
  const failure =
    node.kind === "program"
      ? new NereusError("program-failed", { program: node.program, exitCode, signal, stderrTail })
      : new NereusError("command-failed", { command: commandOf(node), exitCode, signal, stderrTail });
  return renderError(failure, "en");
}

function commandOf(node: Exclude<JobNode, ProgramNode>): string {
  if (node.kind === "command") return node.command;
  return node.kind === "http" ? `${node.request.method} ${node.request.url}` : `websocket ${node.connect.url}`;
}

/** The end of a log, read in steps since only its reader knows how long it is. */
async function readTail(site: Site, scratch: string, name: string): Promise<string> {
  let tail = new Uint8Array();
  for (let offset = 0; ; ) {
    const bytes = await site.connection.readFrom(`${scratch}/${name}`, offset, tailBytes * 64);
    if (bytes.length === 0) return new TextDecoder().decode(tail).trimEnd();
    offset += bytes.length;
    const joined = new Uint8Array(tail.length + bytes.length);
    joined.set(tail);
    joined.set(bytes, tail.length);
    tail = joined.slice(-tailBytes);
  }
}

const saidSchema = z.object({ code: z.string(), fields: z.record(z.string(), z.unknown()) });

/** The last `nereus-error {...}` line, as its sentence. */
function findSaidError(stderr: string): string | null {
  const prefix = "nereus-error ";
  const line = stderr.split("\n").findLast((candidate) => candidate.startsWith(prefix));
  if (line === undefined) return null;
  const said = saidSchema.safeParse(parseJson(line.slice(prefix.length)));
  if (!said.success) return null;
  const template = Object.entries(errors).find(([code]) => code === said.data.code)?.[1];
  return template === undefined ? null : renderSentence(template, said.data.fields);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
