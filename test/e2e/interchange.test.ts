import { once } from "node:events";
import { request as ask } from "node:http";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hasBrowser, launchBrowser, shootOnFailure, type Visitor, visit } from "@/test/e2e/browser";
import { type Portal, startPortal } from "@/test/e2e/portal";
import { signInFirst } from "@/test/e2e/sign-in";
import { violations } from "@/test/e2e/violations";

/** A DAGonStar task map that is imported and run; each test goes on where the last one ended. */
const taskMap = {
  ...{ id: 0, name: "Two-Steps", host: "localhost" },
  tasks: {
    A: {
      name: "A",
      type: "batch",
      command: "echo hi > f",
      nexts: ["B"],
      prevs: [],
      status: "READY",
      working_dir: null,
    },
    B: { name: "B", type: "docker", image: "x:1", command: "cat workflow:///A/f", nexts: [], prevs: ["A"] },
  },
};

describe.skipIf(!hasBrowser)("pipelines and runs of other systems (chromium)", () => {
  let portal: Portal;
  let browser: Browser;
  let visitor: Visitor;
  let route = "";

  beforeAll(async () => {
    portal = await startPortal();
    browser = await launchBrowser();
    visitor = await visit(browser, portal.origin);
  });
  beforeEach(() => shootOnFailure(visitor));
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });

  /** As DAGonStar's client asks: names and values as they are. */
  const call = async (method: string, path: string, json?: object): Promise<{ status: number; text: string }> => {
    const { origin, pathname } = new URL(route);
    const request = ask(origin, { method, path: `${pathname}${path}` });
    request.end(json === undefined ? undefined : JSON.stringify(json));
    const [answer] = await once(request, "response");
    return { status: Number(answer.statusCode), text: (await answer.toArray()).join("") };
  };

  test("an administrator sees what an import would do before it is done", async () => {
    const { page } = visitor;
    await signInFirst(page, portal.admin, "/admin/pipelines");
    await page.getByRole("button", { name: "Import" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Or its text").fill(JSON.stringify(taskMap).replace('"prevs":["A"]', '"prevs":["AA"]'));
    await dialog.getByRole("button", { name: "Preview" }).click();
    await dialog.getByText("tasks.B.prevs[0]: there is no task “AA”. Did you mean “A”?").waitFor();
    await dialog.getByLabel("Or its text").fill(JSON.stringify(taskMap));
    await dialog.getByRole("button", { name: "Preview" }).click();
    await dialog.getByText("two-steps: 2 steps. It is new.").waitFor();
    await dialog.getByText("b cannot run here: it runs in a Docker container").waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Import" }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.getByText("cannot run here: b").waitFor();
  });

  test("an export is a file that holds what was imported", async () => {
    const { page } = visitor;
    const download = page.waitForEvent("download");
    await page.getByLabel("Export Two-Steps as").selectOption("dagonstar");
    const chunks: Buffer[] = [];
    for await (const chunk of await (await download).createReadStream()) chunks.push(Buffer.from(chunk));
    expect(JSON.parse(Buffer.concat(chunks).toString("utf8"))).toEqual(taskMap);
  });

  test("a token gives an address, once", async () => {
    const { page } = visitor;
    const tokens = page.getByRole("region", { name: "Tokens for reports" });
    await tokens.getByLabel("For whom").fill("cluster");
    await tokens.getByRole("button", { name: "Make the token" }).click();
    route = (await tokens.locator("output").textContent()) ?? "";
    expect(route).toMatch(new RegExp(`^${portal.origin}/api/dagon/\\w{48}$`));
    expect(await violations(page)).toEqual([]);
  });

  test("a script reports by it, with names and values as they are", async () => {
    const created = await call("POST", "/create", { name: "Daily 100%", host: "login01", tasks: {} });
    expect(created.status).toBe(201);
    const { id } = JSON.parse(created.text);
    expect((await call("POST", `/add_task/${id}`, { name: "WRF", status: "READY", type: "slurm" })).status).toBe(201);
    expect((await call("PUT", `/update/${id}/WRF/working_dir?value=/scratch/a&b+c/50%`)).status).toBe(200);
    expect((await call("PUT", `/changestatus/${id}/50%/RUNNING`)).status).toBe(200);
    expect((await call("PUT", `/changestatus/${id}/WRF/FINISHED`)).status).toBe(200);
    expect((await call("HEAD", "/check")).status).toBe(200);
    expect((await call("DELETE", `/${id}`)).status).toBe(405);
    const task = JSON.parse((await call("GET", `/${id}/WRF`)).text);
    expect(task).toMatchObject({ host: "login01", task: { status: "FINISHED", working_dir: "/scratch/a&b+c/50%" } });
  });

  test.each([
    ["en", "light", "Runs reported from elsewhere", "external"],
    ["it", "dark", "Corse segnalate da altrove", "esterna"],
  ])("its run is listed and shown as external, in %s and %s", async (locale, theme, list, label) => {
    const { page, context } = visitor;
    const cookie = (name: string, value: string) => ({ name, value, url: portal.origin });
    await context.addCookies([cookie("nereus-locale", locale), cookie("nereus-theme", theme)]);
    await page.goto("/runs");
    const listed = page.getByRole("region", { name: list });
    await listed.getByText(label).waitFor();
    expect(await violations(page)).toEqual([]);
    await listed.getByRole("link", { name: "Daily 100%" }).click();
    await page.getByRole("heading", { level: 1, name: "Daily 100%" }).waitFor();
    await page.getByText("/scratch/a&b+c/50%", { exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test("it is deleted with a reason", async () => {
    const { page } = visitor;
    await page.getByRole("button", { name: "Elimina" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill("prova");
    await dialog.getByRole("button", { name: "Elimina" }).click();
    await page.waitForURL((url) => url.pathname === "/runs");
    await page.getByText("Daily 100%").waitFor({ state: "detached" });
    expect(JSON.parse((await call("GET", "/list")).text)).toEqual([]);
  });
});
