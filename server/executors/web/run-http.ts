import { stat } from "node:fs/promises";
import { isNereusError, NereusError } from "@/lib/errors";
import { readPointer } from "@/lib/web/json-pointer";
import { webExit } from "@/lib/web/web-exit";
import type { HttpJob } from "@/lib/web/web-job";
import { dropCutSecret } from "@/server/executors/web/conceal";
import { type KeptBody, keepBody, savedPath } from "@/server/executors/web/keep-body";
import { type Again, Trouble, withResends } from "@/server/executors/web/resend";
import type { WebReply } from "@/server/executors/web/web-access";
import type { WebTask } from "@/server/executors/web/web-task";
import { mimeTypeOf, writeRecord } from "@/server/executors/web/write-record";

/** Longest part of an unexpected answer that is shown, characters. */
const longestSaid = 300;

/**
 * Asks a web server, again where the line breaks or it is busy, and keeps what the node wants of the answer.
 *
 * As far as HTTP allows, it is done once: a method that changes something carries one key for all tries and attempts until
 * the server has clearly answered, so a server that knows the key does it once whatever breaks. Without a key nothing is
 * asked twice, except after 429 and where no connection came about; a lost answer then fails the task, which says so.
 * @throws {Trouble} with the reason and exit code of the job
 * Source: EXECUTION.md, K5; RFC 9110, 9.2.2 and 10.2.3.
 */
export async function runHttp(job: HttpJob, task: WebTask): Promise<void> {
  const place = placeOf(job.url);
  const tries = await withResends(job, task, async (tries) => {
    const startedMs = Date.now();
    const reply = await ask(job, task);
    const said = `${job.method} ${shortened(task.conceal(job.url))} -> ${reply.status}`;
    if (isExpected(job, reply.status)) {
      const kept = await keepAnswer(job, task, { reply, place, tries });
      await task.say(`${said}, ${kept.sizeBytes} bytes, ${Date.now() - startedMs} ms`);
      return null;
    }
    const text = await excerpt(reply, { hidden: job.hidden, conceal: task.conceal });
    await task.say(`${said}, ${Date.now() - startedMs} ms${text === "" ? "" : `\n${text}`}`);
    return refusal(job, { reply, place, text });
  });
  if (tries > 1) await task.say(`it took ${tries} tries`);
}

async function ask(job: HttpJob, task: WebTask): Promise<WebReply> {
  const { method, headers, secretHeaders, body } = job;
  const length: Record<string, string> =
    body === null
      ? {}
      : { "content-length": String("path" in body ? (await stat(body.path)).size : bytesOf(body.text)) };
  task.signal.throwIfAborted();
  return task.access.ask(job.url, {
    method,
    headers: { "user-agent": "nereus", ...headers, ...secretHeaders, ...length },
    ...(body === null ? {} : { body: "path" in body ? body : body.text }),
    timeoutSeconds: task.timeoutSeconds,
    signal: task.signal,
  });
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

const isExpected = ({ answer }: HttpJob, status: number): boolean =>
  answer.statuses.length === 0 ? status >= 200 && status < 300 : answer.statuses.includes(status);

/** A busy server may be asked again; any other answer is clear. */
function refusal(
  { answer }: HttpJob,
  { reply, place, text }: { readonly reply: WebReply; readonly place: string; readonly text: string },
): Again {
  const { status } = reply;
  const expected = answer.statuses.length === 0 ? "200 to 299" : answer.statuses.join(", ");
  const fields = { url: place, status, expected, said: text };
  const error = new NereusError("web-answer-unexpected", fields);
  const isBusy = status === 429 || status >= 500;
  if (!isBusy) throw new Trouble(error, webExit.answered);
  // 429: the server has not even begun.
  return { error, retryAfter: reply.headers["retry-after"], didNothing: status === 429 };
}

type Answered = { readonly reply: WebReply; readonly place: string; readonly tries: number };

async function keepAnswer(job: HttpJob, task: WebTask, { reply, place, tries }: Answered): Promise<KeptBody> {
  const { answer, method, url } = job;
  const wish = {
    method,
    mostBytes: answer.mostBytes,
    saveAs: savedPath(task.out, answer.save),
    needsText: Object.keys(answer.fields).length > 0,
  };
  try {
    const kept = await keepBody(reply, place, wish);
    const { sizeBytes, sha256 } = kept;
    const status = reply.status;
    const headers = chosenHeaders(answer.headers, reply.headers);
    const fields = chosenFields(answer.fields, kept.text, place);
    const answeredAt = new Date().toISOString();
    await writeRecord(task, {
      record: { url, method, status, headers, fields, sizeBytes, sha256, tries, answeredAt },
      metadata: { url, status, size_bytes: sizeBytes, ...headers, ...fields },
      saved: answer.save === null ? null : { path: answer.save, mimeType: mimeTypeOf(reply.headers["content-type"]) },
    });
    return kept;
  } catch (error) {
    if (isNereusError(error) && !error.retryable) throw new Trouble(error, webExit.unusable);
    throw error;
  }
}

const chosenHeaders = (names: readonly string[], headers: WebReply["headers"]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name.toLowerCase()];
      return value === undefined ? [] : [[name.toLowerCase().replaceAll("-", "_"), value] as const];
    }),
  );

function chosenFields(fields: Readonly<Record<string, string>>, text: string | null, url: string) {
  if (text === null) return {};
  const document = parseJson(text, url);
  return Object.fromEntries(
    Object.entries(fields).map(([field, pointer]) => {
      const value = readPointer(document, pointer);
      if (value === undefined) throw new NereusError("web-field-missing", { url, field, pointer: pointer || "/" });
      return [field, value];
    }),
  );
}

function parseJson(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new NereusError("web-answer-no-json", { url }, { cause });
  }
}

/** The beginning of what an unexpected answer says, on one line. What is hidden goes before anything is cut: a part of it tells. */
async function excerpt(
  { body }: WebReply,
  { hidden, conceal }: Pick<HttpJob, "hidden"> & Pick<WebTask, "conceal">,
): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  try {
    for await (const piece of body) {
      text += decoder.decode(piece, { stream: true });
      if (text.length > longestSaid * 4) break;
    }
  } catch {
    // The status is what counts; a body that breaks off tells as much as it did.
  }
  body.destroy();
  return conceal(dropCutSecret(text, hidden))
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, longestSaid);
}

/** Without its query: for sentences. */
function placeOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

const shortened = (url: string): string => (url.length > longestSaid ? `${url.slice(0, longestSaid)}…` : url);
