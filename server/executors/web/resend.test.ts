import { expect, test } from "vitest";
import { NereusError } from "@/lib/errors";
import type { WebJob } from "@/lib/web/web-job";
import { Trouble, withResends } from "@/server/executors/web/resend";
import type { WebTask } from "@/server/executors/web/web-task";

const job: WebJob = {
  ...{ kind: "http", node: "order", url: "https://example.org/orders", method: "POST", body: null, headers: {} },
  ...{ secretHeaders: {}, hidden: [], repeatable: false, resend: { count: 1, delaySeconds: 0 } },
  answer: { statuses: [], mostBytes: 1000, save: null, fields: {}, headers: [] },
};
const nothing = async () => undefined;
const aTask = (): WebTask => ({
  access: { ask: () => Promise.reject(new Error()), open: () => Promise.reject(new Error()) },
  ...{ out: "", timeoutSeconds: 10, endsAtMs: Date.now() + 10_000, signal: new AbortController().signal },
  ...{ say: nothing, noteAsked: nothing, conceal: (value) => value },
});
const failure = (code: string, syscall: string) => Object.assign(new Error(code), { code, syscall });

/** How often a request without a key is tried whose line breaks so. */
async function triesAfter(cause: Error): Promise<number> {
  let tries = 0;
  const fields = { url: "https://example.org", problem: cause.message };
  const asked = withResends(job, aTask(), async () => {
    tries += 1;
    throw new NereusError("server-silent", fields, { cause, retryable: true });
  });
  await expect(asked).rejects.toBeInstanceOf(Trouble);
  return tries;
}

test.each([
  ["a port that nobody listens at", failure("ECONNREFUSED", "connect"), 2],
  ["a name that nobody knows", failure("ENOTFOUND", "getaddrinfo"), 2],
  ["no way to the server", failure("EHOSTUNREACH", "connect"), 2],
  ["a way that was lost under the answer", failure("EHOSTUNREACH", "read"), 1],
  ["a way that was lost under the request", failure("ENETUNREACH", "write"), 1],
  ["a reset line", failure("ECONNRESET", "read"), 1],
  ["no way to any of its addresses", new AggregateError([failure("ENETUNREACH", "connect")]), 2],
  [
    "an address that gave no answer among others",
    new AggregateError([failure("ETIMEDOUT", "connect"), failure("ENETUNREACH", "read")]),
    1,
  ],
])("what must not be asked twice is asked again only where nothing was sent: %s", async (_, cause, tries) => {
  expect(await triesAfter(cause)).toBe(tries);
});
