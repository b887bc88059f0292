import { expect, test } from "vitest";
import { NereusError } from "@/lib/errors";
import { renderError } from "@/lib/messages/render-error";

test("a refusal is said in words of the reader's language", () => {
  const error = new NereusError("not-permitted", {
    verb: "read the audit log",
    role: "officer",
    needed: "operator, admin",
  });
  expect(renderError(error, "en")).toBe(
    "Your role (Officer) may not read the audit log; it needs Operator, Administrator. Ask an administrator.",
  );
  expect(renderError(error, "it")).toContain("Il tuo ruolo (Funzionario) non può leggere il registro delle azioni");
});

test("an unknown error shows its reference and nothing of its text", () => {
  const sentence = renderError(new Error("password=hunter2"), "en", { reference: "ab12" });
  expect(sentence).toBe("Internal error (reference ab12).");
});

test("a page says instants in local time with their year, a shell as they were typed", () => {
  const error = new NereusError("start-outside-times", {
    start: "2020-01-01T09:00:00Z",
    first: "2026-07-01T00:00:00Z",
    last: "2026-07-02T12:00:00Z",
  });
  expect(renderError(error, "en", { localTimes: true })).toContain("Wed 1 Jan 2020, 10:00 CET");
  expect(renderError(error, "en")).toContain("2020-01-01T09:00:00Z");
});
