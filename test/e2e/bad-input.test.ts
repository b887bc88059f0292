import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fromLocalInput } from "@/lib/messages/local-input";
import { hasBrowser, launchBrowser, shootOnFailure, type Visitor, visit } from "@/test/e2e/browser";
import { mutate, query } from "@/test/e2e/call-api";
import { type Portal, startPortal } from "@/test/e2e/portal";
import { type Account, signInFirst } from "@/test/e2e/sign-in";
import { untilForecast } from "@/test/e2e/until-forecast";

type Wrong = {
  /** What is wrong, for the test's name. */
  readonly what: string;
  /** Typed into the form, by label; absent = the form cannot express it. */
  readonly typed?: Readonly<Record<string, string>>;
  /** Sent to the API over a right request. */
  readonly sent: Readonly<Record<string, unknown>>;
  readonly code: string;
  readonly says: RegExp;
};

const wrongs: readonly Wrong[] = [
  {
    what: "a latitude that is no number",
    typed: { Latitude: "north" },
    sent: { lat: "north" },
    code: "input-invalid",
    says: /latitude/i,
  },
  {
    what: "a latitude above 85",
    typed: { Latitude: "95" },
    sent: { lat: 95 },
    code: "input-invalid",
    says: /between .85 and 85/,
  },
  {
    what: "a longitude above 180",
    typed: { Longitude: "181" },
    sent: { lon: 181 },
    code: "input-invalid",
    says: /between .180 and 180/,
  },
  {
    what: "a point outside the weather",
    typed: { Latitude: "51.5", Longitude: "0" },
    sent: { lat: 51.5, lon: 0 },
    code: "point-outside-domain",
    says: /outside the weather domain/,
  },
  {
    what: "a start before the weather",
    typed: { "Start, local time": "2020-01-01T12:00" },
    sent: { start: "2020-01-01T12:00:00Z" },
    code: "start-outside-times",
    says: /outside the weather data/,
  },
  {
    what: "a duration over the limit",
    typed: { Duration: "100" },
    sent: { hours: 100 },
    code: "duration-too-long",
    says: /72/,
  },
  {
    what: "a duration of no hours",
    typed: { Duration: "0" },
    sent: { hours: 0 },
    code: "input-invalid",
    says: /hour/,
  },
  { what: "an unknown fuel", sent: { fuel: "peat" }, code: "input-invalid", says: /grass, crop, maquis/ },
  { what: "a path as weather", sent: { met: "/etc/passwd" }, code: "met-path-not-allowed", says: /path or an address/ },
  {
    what: "an address as weather",
    sent: { met: "http://127.0.0.1/wrf.nc" },
    code: "met-path-not-allowed",
    says: /path or an address/,
  },
  { what: "an unknown weather source", sent: { met: "gfs" }, code: "met-source-unknown", says: /demo-weather/ },
];

describe.skipIf(!hasBrowser)("a wrong request (chromium)", () => {
  let portal: Portal;
  let browser: Browser;
  let admin: Visitor;
  let right: Record<string, unknown> = {};

  beforeAll(async () => {
    portal = await startPortal();
    browser = await launchBrowser();
    admin = await visit(browser, portal.origin);
    await untilForecast(admin.context.request);
    await signInFirst(admin.page, portal.admin, "/requests/new");
    const start = fromLocalInput(await admin.page.getByLabel("Start, local time").inputValue());
    right = { lat: 40.85, lon: 14.27, start, hours: 1 };
  });
  beforeEach(() => shootOnFailure(admin));
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });

  const runCount = async () => {
    const { data } = await query(admin.context.request, "runs.list", { limit: 200 });
    return Array.isArray(data) ? data.length : null;
  };
  const request = (input: unknown, headers = {}, visitor = admin) =>
    mutate(
      visitor.context.request,
      "runs.request",
      { pipelineId: "smoke", input, idempotencyKey: crypto.randomUUID() },
      headers,
    );

  test.each(wrongs)("$what is told by the API in one sentence, and nothing is queued", async ({ sent, code, says }) => {
    const before = await runCount();
    const { status, error } = await request({ ...right, ...sent });
    expect({ status, code: error?.code }).toEqual({ status: 400, code });
    expect(error?.sentence).toMatch(says);
    expect(error?.sentence).not.toMatch(/\n|\bat \/|node_modules/);
    expect(await runCount()).toBe(before);
  });

  test.each(wrongs.filter(({ typed }) => typed))(
    "$what is told at its field, and what was typed stays",
    async ({ typed = {}, says }) => {
      const { page } = admin;
      const before = await runCount();
      await page.goto("/requests/new?lat=40.85&lon=14.27");
      for (const [label, text] of Object.entries(typed)) await page.getByLabel(label, { exact: true }).fill(text);
      await page.getByLabel("Burnt area").fill("12.5");
      await page.getByRole("button", { name: "Start the simulation" }).click();
      const field = page.locator("input[aria-invalid=true]").first();
      await field.waitFor();
      const note = await page.locator(`[id="${await field.getAttribute("aria-describedby")}"]`).textContent();
      expect(note).toMatch(says);
      for (const [label, text] of Object.entries(typed))
        expect(await page.getByLabel(label, { exact: true }).inputValue()).toBe(text);
      expect(await page.getByLabel("Burnt area").inputValue()).toBe("12.5");
      expect(new URL(page.url()).pathname).toBe("/requests/new");
      expect(await runCount()).toBe(before);
    },
  );

  test("a change that another site's page asks for is refused", async () => {
    const before = await runCount();
    expect((await request(right, { origin: "https://elsewhere.example" })).status).toBe(403);
    expect((await request(right, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect(await runCount()).toBe(before);
  });

  test("without an account a run is not taken, and the form leads to the sign-in page", async () => {
    const stranger = await visit(browser, portal.origin);
    const before = await runCount();
    const { status, error } = await request(right, {}, stranger);
    expect({ status, code: error?.code }).toEqual({ status: 401, code: "sign-in-required" });
    await stranger.page.goto("/requests/new");
    expect(new URL(stranger.page.url()).pathname).toBe("/sign-in");
    expect(await runCount()).toBe(before);
    await stranger.close();
  });

  test("a requester finds no page of users or audit, and may not manage schedules", async () => {
    const account = { email: "requester@example.org", name: "A requester", role: "requester" };
    const { data } = await mutate(admin.context.request, "accounts.create", account);
    const requester = await visit(browser, portal.origin);
    await signInFirst(requester.page, { email: account.email, oneTimePassword: passwordOf(data) } satisfies Account);
    for (const path of ["/admin/users", "/admin/audit"]) {
      const response = await requester.page.goto(path);
      expect({ path, status: response?.status() }).toEqual({ path, status: 404 });
    }
    const schedule = { pipelineId: "demo-weather", cron: "0 3 * * *", timeZone: "Europe/Rome", input: {} };
    const refused = await mutate(requester.context.request, "schedules.create", schedule);
    expect({ status: refused.status, code: refused.error?.code }).toEqual({ status: 403, code: "not-permitted" });
    expect((await mutate(requester.context.request, "accounts.create", account)).error?.code).toBe("not-permitted");
    await requester.close();
  });

  test("the right request of this suite is taken", async () => {
    const before = await runCount();
    const { status, error } = await request(right);
    expect({ status, error }).toEqual({ status: 200, error: null });
    expect(await runCount()).toBe(Number(before) + 1);
  });

  test("no page asked another host or complained but about what was refused", () => admin.expectClean(/status of 400/));
});

function passwordOf(data: unknown): string {
  if (typeof data === "object" && data !== null && "oneTimePassword" in data) return String(data.oneTimePassword);
  throw new Error(`no password: ${JSON.stringify(data)}`);
}
