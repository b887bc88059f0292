import { z } from "zod";
import type { FailureClass } from "@/lib/dag/failure-class";
import { NereusError } from "@/lib/errors";
import { errors } from "@/lib/messages/en/errors";
import { renderError } from "@/lib/messages/render-error";
import { renderSentence } from "@/lib/messages/render-sentence";
import type { JobNode, ProgramNode } from "@/lib/pipeline/definition";
import { classOfSentinel } from "@/server/engine/classify-failure";
import type { Site } from "@/server/engine/engine";
import type { GivenResources } from "@/server/engine/given-resources";
import type { FailedAttempt } from "@/server/engine/transition";
import { type Sentinel, scratchNames } from "@/server/executors/runner";
import type { AttemptRow } from "@/server/store/attempt";

const tailLines = 20;
/** Longest part of a log that is looked at, bytes. */
const tailBytes = 16 * 1024;
/** Longest part of a log that a reason holds, characters. */
const longestTail = 2000;

/**
 * Why an attempt that ended badly did: its class; in the words of its program, else what its site or its wrapper says, else
 * its exit code; and the end of its log.
 */
export async function readFailure(
  site: Site,
  attempt: Pick<AttemptRow, "scratch">,
  what: { readonly node: JobNode; readonly sentinel: Sentinel; readonly given: GivenResources },
): Promise<FailedAttempt> {
  const { node, sentinel, given } = what;
  const stderr = await readTail(site, attempt.scratch, scratchNames.stderr);
  const said = findSaidError(stderr);
  const isUnmeasured = site.launcher?.hidesWork === true && node.kind === "command" && node.container !== undefined;
  const failure = classOfSentinel(sentinel, { memoryMb: given.memoryMb, isUnmeasured, saidCode: said?.code ?? null });
  const detail = stderr.split("\n").slice(-tailLines).join("\n").trim().slice(-longestTail);
  const reason = said?.sentence ?? renderError(describe(site, { ...what, failure, stderrTail: detail }), "en");
  return { kind: "failed", failure, reason, detail: detail === "" ? null : detail };
}

function describe(
  site: Site,
  what: {
    readonly node: JobNode;
    readonly sentinel: Sentinel;
    readonly given: GivenResources;
    readonly failure: FailureClass;
    readonly stderrTail: string;
  },
): NereusError {
  const { node, given, failure, stderrTail } = what;
  const { exitCode, signal } = what.sentinel;
  const { memoryMb, timeoutSeconds: seconds } = given;
  if (failure === "timeout") return new NereusError("task-timed-out", { node: node.id, seconds });
  if (failure === "out-of-memory") return new NereusError("task-out-of-memory", { node: node.id, memoryMb });
  if (what.sentinel.stopped) return new NereusError("task-stopped", { node: node.id, site: site.id });
  return node.kind === "program"
    ? new NereusError("program-failed", { program: node.program, exitCode, signal, stderrTail })
    : new NereusError("command-failed", { command: commandOf(node), exitCode, signal, stderrTail });
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

/** The last `nereus-error {...}` line: its code, and its sentence. */
function findSaidError(stderr: string): { readonly code: string; readonly sentence: string } | null {
  const prefix = "nereus-error ";
  const line = stderr.split("\n").findLast((candidate) => candidate.startsWith(prefix));
  if (line === undefined) return null;
  const said = saidSchema.safeParse(parseJson(line.slice(prefix.length)));
  if (!said.success) return null;
  const template = Object.entries(errors).find(([code]) => code === said.data.code)?.[1];
  if (template === undefined) return null;
  return { code: said.data.code, sentence: renderSentence(template, said.data.fields) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
