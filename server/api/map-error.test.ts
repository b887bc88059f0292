import { TRPCError } from "@trpc/server";
import { expect, test } from "vitest";
import { z } from "zod";
import { NereusError } from "@/lib/errors";
import { log } from "@/server/api/log";
import { mapError, trpcCodeOf } from "@/server/api/map-error";

test("an expected failure keeps its code and fields and is said in the reader's language", () => {
  const error = new NereusError("run-unknown", { run: "r-1" });
  expect(mapError(new TRPCError({ code: "NOT_FOUND", cause: error }), "it")).toEqual({
    code: "run-unknown",
    sentence: "Non esiste la corsa «r-1». Elenca le corse per trovarne l'identificativo.",
    fields: { run: "r-1" },
    reference: null,
  });
  expect(trpcCodeOf(error)).toBe("NOT_FOUND");
});

test.each([
  [new NereusError("sign-in-required", { verb: "request a run" }), "UNAUTHORIZED"],
  [new NereusError("not-permitted", { verb: "x", role: "officer", needed: "admin" }), "FORBIDDEN"],
  [new NereusError("duration-too-long", { hours: 48, limitHours: 30 }), "BAD_REQUEST"],
  [new Error("boom"), "INTERNAL_SERVER_ERROR"],
] as const)("%s answers with %s", (error, code) => {
  expect(trpcCodeOf(error)).toBe(code);
});

test("an unknown failure tells a reference and nothing of itself", () => {
  const level = log.level;
  log.level = "silent";
  const told = mapError(new Error("connection string postgres://user:secret@host"), "en");
  log.level = level;
  expect(told.sentence).toBe(`Internal error (reference ${told.reference}).`);
  expect(JSON.stringify(told)).not.toContain("secret");
});

test("fields that do not hold the schema are told one by one", () => {
  const parsed = z.object({ hours: z.number().max(30, "48 is above 30.") }).safeParse({ hours: 48 });
  expect(mapError(new TRPCError({ code: "BAD_REQUEST", cause: parsed.error }), "en").fields).toEqual({
    hours: "48 is above 30.",
  });
});
