import { expect, test } from "vitest";
import { isNereusError } from "@/lib/errors";
import { asId, type UserId } from "@/lib/ids";
import { type Role, roles } from "@/lib/roles";
import { type Verb, verbs } from "@/lib/verbs";
import type { Actor } from "@/server/services/context";
import { demand, may } from "@/server/services/permissions";

const person = (role: Role): Actor => ({ kind: "user", userId: asId<UserId>("u"), role, organisationId: null });

const rows: readonly (readonly [Verb, readonly Role[]])[] = [
  ["request a run", ["requester", "operator", "officer", "admin"]],
  ["start a routine run", ["operator", "admin"]],
  ["cancel their own run", ["requester", "operator", "officer", "admin"]],
  ["cancel any run", ["operator", "admin"]],
  ["retry their own run", ["requester", "operator", "officer", "admin"]],
  ["operate any run", ["operator", "admin"]],
  ["pin files", ["operator", "admin"]],
  ["collect garbage", ["admin"]],
  ["read logs", ["requester", "operator", "officer", "admin"]],
  ["read schedules", ["requester", "operator", "officer", "admin"]],
  ["manage schedules", ["operator", "admin"]],
  ["manage accounts", ["admin"]],
  ["read the audit log", ["admin"]],
];

test.each(rows)("%s is for %j and nobody else", (verb, allowed) => {
  expect(roles.filter((role) => may(person(role), verb))).toEqual(allowed);
});

test("people without account may do nothing of the table and the host everything", () => {
  expect(verbs.filter((verb) => may({ kind: "anonymous" }, verb))).toEqual([]);
  expect(verbs.filter((verb) => !may({ kind: "host" }, verb))).toEqual([]);
});

test("a refusal says whether signing in or another role is needed", () => {
  const refusal = (actor: Actor) => {
    try {
      demand(actor, "manage accounts");
      return "none";
    } catch (error) {
      return isNereusError(error) ? error.code : "other";
    }
  };
  expect(refusal({ kind: "anonymous" })).toBe("sign-in-required");
  expect(refusal(person("operator"))).toBe("not-permitted");
  expect(refusal(person("admin"))).toBe("none");
});
