import { type FileHandle, mkdir, open, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isNereusError, NereusError } from "@/lib/errors";
import { lineOfMessage, matchesMessage, type SocketMessage } from "@/lib/web/read-message";
import { webExit } from "@/lib/web/web-exit";
import type { SocketJob } from "@/lib/web/web-job";
import { Trouble, withResends } from "@/server/executors/web/resend";
import type { Socket } from "@/server/executors/web/web-access";
import type { WebTask } from "@/server/executors/web/web-task";
import { writeRecord } from "@/server/executors/web/write-record";

const openSeconds = 30;

/**
 * Opens a websocket, sends the messages of the node, and listens until it has heard enough; opens it again where the line
 * breaks, and then keeps what it has heard. What must not arrive twice is sent once: after the first message has gone
 * nothing is tried again, and a line that breaks before the acknowledgement fails the task, which says so.
 * @throws {Trouble} with the reason and exit code of the job
 * Source: RFC 6455.
 */
export async function runWebsocket(job: SocketJob, task: WebTask): Promise<void> {
  const { listen } = job;
  const heard: Heard = { count: 0, sizeBytes: 0, end: null, endsAtMs: null };
  const file = listen === null ? null : await openPart(join(task.out, listen.save));
  let tries = 0;
  try {
    tries = await withResends({ ...job, repeatable: true }, task, async () => {
      await converse(job, task, { heard, file });
      return null;
    });
    await file?.sync();
  } finally {
    await file?.close();
  }
  if (listen !== null) await rename(`${join(task.out, listen.save)}.part`, join(task.out, listen.save));
  const { count, sizeBytes, end } = heard;
  const metadata = {
    url: job.url,
    sent: job.messages.length,
    messages: count,
    size_bytes: sizeBytes,
    end: end ?? "sent",
  };
  await writeRecord(task, {
    ...{ record: { ...metadata, connections: tries, endedAt: new Date().toISOString() }, metadata },
    saved: listen === null ? null : { path: listen.save, mimeType: "application/x-ndjson" },
  });
  await task.say(
    `WEBSOCKET ${job.url}: ${job.messages.length} sent, ${count} heard, ${sizeBytes} bytes (${metadata.end})`,
  );
}

type Heard = {
  count: number;
  sizeBytes: number;
  /** What ended the listening. */
  end: "count" | "match" | "deadline" | "closed" | null;
  /** Counted from the first connection. */
  endsAtMs: number | null;
};

type Ears = { readonly heard: Heard; readonly file: FileHandle | null };

async function openPart(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true });
  return open(`${path}.part`, "w");
}

async function converse(job: SocketJob, task: WebTask, ears: Ears): Promise<void> {
  const { listen, headers, secretHeaders, protocols } = job;
  const socket = await task.access.open(job.url, {
    ...{ headers: { "user-agent": "nereus", ...headers, ...secretHeaders }, protocols, signal: task.signal },
    ...{ timeoutSeconds: openSeconds, mostBytes: listen?.mostBytes ?? 1024 ** 2 },
  });
  try {
    if (listen !== null) ears.heard.endsAtMs ??= Date.now() + listen.seconds * 1000;
    const hasSent = job.messages.length > 0;
    if (hasSent && !job.repeatable) await task.noteAsked(true);
    await speak(job, task, { socket, ears });
    if (hasSent && !job.repeatable) await task.noteAsked(false);
  } finally {
    socket.close();
  }
}

type Talk = { readonly socket: Socket; readonly ears: Ears };

/** A line that breaks once something was sent leaves its effect unknown. */
async function speak(job: SocketJob, task: WebTask, talk: Talk): Promise<void> {
  try {
    for (const message of job.messages) await talk.socket.send(message);
    if (job.listen !== null) await listenTo(job, task, talk);
  } catch (error) {
    const isOpen = job.repeatable || job.messages.length === 0;
    if (isOpen || task.signal.aborted || !isNereusError(error, "server-silent")) throw error;
    const { url, problem } = error.fields;
    throw new Trouble(new NereusError("web-outcome-unknown", { url, problem }), webExit.unanswered);
  }
}

async function listenTo(job: SocketJob, task: WebTask, { socket, ears }: Talk): Promise<void> {
  const { heard, file } = ears;
  const { listen } = job;
  if (listen === null) return;
  const late = deadlineOf(heard.endsAtMs ?? 0, task.signal);
  try {
    while (heard.end === null) {
      const next = await Promise.race([socket.messages.next(), late.passed]);
      if (next === "late") heard.end = "deadline";
      else if (next.done) heard.end = "closed";
      else await take(listen, next.value, { heard, file, url: job.url });
    }
  } finally {
    late.forget();
  }
  const isEnough = heard.end === "count" || heard.end === "match" || listen.atDeadline === "end";
  if (isEnough) return;
  const { origin, pathname } = new URL(job.url);
  const seconds = Math.round(listen.seconds - Math.max(0, (heard.endsAtMs ?? 0) - Date.now()) / 1000);
  const fields = { url: `${origin}${pathname}`, seconds, heard: heard.count };
  throw new Trouble(new NereusError("socket-silent", fields), webExit.unanswered);
}

async function take(
  listen: NonNullable<SocketJob["listen"]>,
  message: SocketMessage,
  { heard, file, url }: { readonly heard: Heard; readonly file: FileHandle | null; readonly url: string },
): Promise<void> {
  const line = Buffer.from(lineOfMessage(message, new Date()));
  heard.sizeBytes += line.length;
  if (heard.sizeBytes > listen.mostBytes)
    throw new Trouble(new NereusError("web-answer-too-large", { url, limitBytes: listen.mostBytes }), webExit.answered);
  await file?.write(line);
  heard.count += 1;
  if (listen.until !== null && matchesMessage(message, listen.until)) heard.end = "match";
  else if (listen.count !== null && heard.count >= listen.count) heard.end = "count";
}

/** A promise that tells that a moment has passed, and fails when the job is aborted. */
function deadlineOf(atMs: number, signal: AbortSignal) {
  let timer: NodeJS.Timeout | undefined;
  let abort: () => void = () => undefined;
  const passed = new Promise<"late">((resolve, reject) => {
    abort = () => reject(signal.reason);
    // A timer counts to 24.8 days at most.
    timer = setTimeout(() => resolve("late"), Math.min(Math.max(0, atMs - Date.now()), 2 ** 31 - 1));
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) abort();
  });
  passed.catch(() => undefined);
  const forget = () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  };
  return { passed, forget };
}
