import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect, onTestFailed } from "vitest";

const browserPath = "/usr/bin/chromium";
const shotsPath = fileURLToPath(new URL("shots", import.meta.url));

/** False where Chromium is missing: `describe.skipIf(!hasBrowser)`. */
export const hasBrowser = existsSync(browserPath);

/** The system's Chromium, which asks nobody for anything by itself. */
export function launchBrowser(): Promise<Browser> {
  const args = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ];
  return chromium.launch({ executablePath: browserPath, args });
}

/** One person with a browser window of their own. */
export type Visitor = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Fails when the pages asked another host, wrote an error to the console or threw one, those expected left out. */
  expectClean(expected?: RegExp): void;
  close(): Promise<void>;
};

/** Opens a window on the portal and writes down all that its pages ask for and complain about. */
export async function visit(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: origin,
    locale: "en-GB",
    viewport: { width: 1360, height: 860 },
    ...options,
  });
  context.setDefaultTimeout(60_000);
  const foreign: string[] = [];
  const complaints: string[] = [];
  context.on("request", (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol.startsWith("http") && asked !== origin) foreign.push(request.url());
  });
  context.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => complaints.push(error.error().stack ?? error.error().message));
  const page = await context.newPage();
  return {
    page,
    context,
    expectClean: (expected) => {
      const unexpected = complaints.filter((each) => !expected?.test(each));
      expect({ foreign, unexpected }).toEqual({ foreign: [], unexpected: [] });
    },
    close: () => context.close(),
  };
}

/** Keeps a picture of the page in `test/e2e/shots` when the running test fails. */
export function shootOnFailure({ page }: Visitor): void {
  onTestFailed(async ({ task }) => {
    mkdirSync(shotsPath, { recursive: true });
    const name = task.name.replace(/[^a-z0-9]+/gi, "-").slice(0, 80);
    await page.screenshot({ path: join(shotsPath, `${name}.png`) });
  });
}
