import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { user } from "@/drizzle/schema/accounts";
import { audit } from "@/drizzle/schema/portal";
import { asId, type UserId } from "@/lib/ids";
import { changePassword } from "@/server/services/accounts/change-password";
import { createUser } from "@/server/services/accounts/create-user";
import { ensureFirstAdmin } from "@/server/services/accounts/ensure-first-admin";
import { listUsers } from "@/server/services/accounts/list-users";
import { actorOf, readViewer } from "@/server/services/accounts/read-viewer";
import { setRole } from "@/server/services/accounts/set-role";
import type { Actor, ServiceContext } from "@/server/services/context";
import { createAuth } from "@/server/store/auth";
import { freshDatabase, type TestDatabase } from "@/test/fixtures/database";

const origin = "http://nereus.test";
const secret = "a-secret-of-at-least-thirty-two-letters";

async function signIn(open: TestDatabase, email: string, password: string) {
  const auth = createAuth(open.db, { secret, baseUrl: origin });
  const request = new Request(`${origin}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify({ email, password }),
  });
  const response = await auth.handle(request);
  const cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const viewer = await readViewer(new Headers({ cookie }), async () => ({ auth, database: open }));
  return { status: response.status, setCookie: response.headers.getSetCookie().join("\n"), viewer };
}

function context(open: TestDatabase, actor: Actor): ServiceContext {
  const config = {
    storePath: "",
    scratchPath: "",
    programsPath: "",
    metSources: {},
    seaSources: {},
    defaultMetSource: "",
    limits: { hours: 1, particles: 1 },
    slots: { compute: 1, light: 1 },
    sites: {},
  };
  return { db: open.db, actor, now: () => new Date(), config };
}

test("the first administrator signs in, may do nothing before the one-time password is replaced, then everything", async () => {
  await using open = await freshDatabase();
  const first = await ensureFirstAdmin(open.db);
  if (first === null) throw new Error("no administrator was made");
  expect(await ensureFirstAdmin(open.db)).toBeNull();

  const before = await signIn(open, first.email, first.oneTimePassword);
  expect(before.setCookie).toMatch(/nereus\.session_token=.*HttpOnly.*SameSite=Lax/i);
  expect(before.viewer).toMatchObject({ email: first.email, role: "admin", mustChangePassword: true });
  if (before.viewer === null) throw new Error("not signed in");
  expect(await actorOf(before.viewer, open.db)).toEqual({ kind: "anonymous" });

  await changePassword(open.db, before.viewer, { current: first.oneTimePassword, next: "a-longer-password" });
  expect((await signIn(open, first.email, first.oneTimePassword)).status).toBe(401);
  const after = await signIn(open, first.email, "a-longer-password");
  if (after.viewer === null) throw new Error("not signed in");
  expect(await actorOf(after.viewer, open.db)).toMatchObject({ kind: "user", role: "admin" });
});

test("a new password ends the other sessions of the account", async () => {
  await using open = await freshDatabase();
  const first = await ensureFirstAdmin(open.db);
  if (first === null) throw new Error("no administrator was made");
  const here = await signIn(open, first.email, first.oneTimePassword);
  const there = await signIn(open, first.email, first.oneTimePassword);
  if (here.viewer === null) throw new Error("not signed in");
  await changePassword(open.db, here.viewer, { current: first.oneTimePassword, next: "a-longer-password" });
  const auth = createAuth(open.db, { secret, baseUrl: origin });
  const again = async (setCookie: string) =>
    readViewer(new Headers({ cookie: setCookie.split(";")[0] ?? "" }), async () => ({ auth, database: open }));
  expect(await again(here.setCookie)).not.toBeNull();
  expect(await again(there.setCookie)).toBeNull();
});

test("a wrong present password and a short new one are refused", async () => {
  await using open = await freshDatabase();
  const first = await ensureFirstAdmin(open.db);
  if (first === null) throw new Error("no administrator was made");
  const [row] = await open.db.select().from(user);
  const owner = { userId: row?.id ?? asId<UserId>(""), sessionToken: "none" };
  await expect(changePassword(open.db, owner, { current: "wrong", next: "a-longer-password" })).rejects.toMatchObject({
    code: "password-wrong",
  });
  await expect(changePassword(open.db, owner, { current: first.oneTimePassword, next: "short" })).rejects.toMatchObject(
    {
      code: "password-too-short",
    },
  );
});

test("nobody signs up by themselves", async () => {
  await using open = await freshDatabase();
  const auth = createAuth(open.db, { secret, baseUrl: origin });
  const response = await auth.handle(
    new Request(`${origin}/api/auth/sign-up/email`, {
      method: "POST",
      headers: { "content-type": "application/json", origin },
      body: JSON.stringify({ email: "x@y.example", password: "a-longer-password", name: "X" }),
    }),
  );
  expect(response.status).toBe(400);
  expect(await open.db.select().from(user)).toHaveLength(0);
});

test("an administrator adds people and changes roles, each with an audit row; others may not", async () => {
  await using open = await freshDatabase();
  await ensureFirstAdmin(open.db);
  const [row] = await open.db.select().from(user);
  if (!row) throw new Error("no administrator was made");
  const admin: Actor = { kind: "user", userId: row.id, role: "admin", organisationId: null };
  const made = await createUser(context(open, admin), { email: "Rosa@Example.org", name: "Rosa", role: "requester" });
  expect((await signIn(open, "rosa@example.org", made.oneTimePassword)).viewer).toMatchObject({ role: "requester" });
  await expect(
    createUser(context(open, admin), { email: "rosa@example.org", name: "Rosa", role: "officer" }),
  ).rejects.toMatchObject({ code: "email-taken" });

  await setRole(context(open, admin), { userId: made.userId, role: "operator" });
  expect((await listUsers(context(open, admin))).map((one) => [one.email, one.role])).toEqual([
    [row.email, "admin"],
    ["rosa@example.org", "operator"],
  ]);
  const rows = await open.db.select().from(audit).where(eq(audit.actorId, row.id));
  expect(rows.map((one) => one.verb)).toEqual(["create account", "change role"]);

  const operator: Actor = { kind: "user", userId: made.userId, role: "operator", organisationId: null };
  await expect(listUsers(context(open, operator))).rejects.toMatchObject({ code: "not-permitted" });
  await expect(listUsers(context(open, { kind: "anonymous" }))).rejects.toMatchObject({ code: "sign-in-required" });
  await expect(setRole(context(open, admin), { userId: row.id, role: "officer" })).rejects.toMatchObject({
    code: "last-admin",
  });
});

test("with an https address the session cookie is sent over TLS only", async () => {
  await using open = await freshDatabase();
  const first = await ensureFirstAdmin(open.db);
  const auth = createAuth(open.db, { secret, baseUrl: "https://nereus.test" });
  const response = await auth.handle(
    new Request("https://nereus.test/api/auth/sign-in/email", {
      method: "POST",
      headers: { "content-type": "application/json", "x-forwarded-for": "192.0.2.1" },
      body: JSON.stringify({ email: first?.email, password: first?.oneTimePassword }),
    }),
  );
  expect(response.headers.getSetCookie().join()).toMatch(/^__Secure-nereus\.session_token=.*Secure/);
});

test("sign-ins are limited by the address behind the trusted proxies", async () => {
  await using open = await freshDatabase();
  const auth = createAuth(open.db, { secret, baseUrl: origin, trustedProxies: ["192.0.2.80"] });
  const attempt = async (from: string) => {
    const headers = { "content-type": "application/json", origin, "x-forwarded-for": from };
    const body = JSON.stringify({ email: "nobody@nereus.test", password: "a guess of many" });
    return (await auth.handle(new Request(`${origin}/api/auth/sign-in/email`, { method: "POST", headers, body })))
      .status;
  };
  for (let count = 0; count < 10; count++) expect(await attempt(`10.0.0.${count}, 192.0.2.7, 192.0.2.80`)).toBe(401);
  expect(await attempt("10.0.0.99, 192.0.2.7, 192.0.2.80")).toBe(429);
  expect(await attempt("192.0.2.8, 192.0.2.80")).toBe(401);
});
