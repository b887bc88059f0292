import type { Browser, CDPSession } from "playwright-core";
import type { BenchmarkFigures } from "@/test/bench/benchmark-figures";
import { median } from "@/test/bench/median";
import { launchBrowser, visit } from "@/test/e2e/browser";
import { startPortal } from "@/test/e2e/portal";
import { untilForecast } from "@/test/e2e/until-forecast";
import { pageHelper } from "@/test/portal/page-helper";

const rounds = 5;
/** A slow 4G of 1.6 Mbit/s and 150 ms, and a processor four times slower. */
const slow = { latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
/** A page of the same app that holds nothing but the shell. */
const emptyPath = "/nothing-here";

type Paint = {
  readonly lcpMs: number;
  readonly cls: number;
  readonly liveMs: number;
  readonly bytesToPoster: number;
  readonly bytesToLive: number;
};

/** First paint of the map beside an empty page of the same app: on a slow phone, and on a desk without limits. */
export async function portalPaint(): Promise<BenchmarkFigures> {
  const portal = await startPortal();
  const browser = await launchBrowser();
  try {
    const probe = await visit(browser, portal.origin);
    await untilForecast(probe.context.request);
    await probe.close();
    const load = (path: string, options: { isSlow: boolean }) =>
      medianPaint(browser, `${portal.origin}${path}`, options);
    const empty = await load(emptyPath, { isSlow: true });
    const map = await load("/", { isSlow: true });
    const emptyDesk = await load(emptyPath, { isSlow: false });
    const desk = await load("/", { isSlow: false });
    return {
      figures: {
        emptyLcpMs: empty.lcpMs,
        posterLcpMs: map.lcpMs,
        posterOverEmptyMs: map.lcpMs - empty.lcpMs,
        liveMs: map.liveMs,
        liveOverEmptyMs: map.liveMs - empty.lcpMs,
        deskEmptyLcpMs: emptyDesk.lcpMs,
        deskLiveMs: desk.liveMs,
        posterKilobytes: map.bytesToPoster / 1000,
        liveKilobytes: map.bytesToLive / 1000,
        cls: Math.max(map.cls, desk.cls),
      },
      postgres: "embedded",
    };
  } finally {
    await browser.close();
    await portal.stop();
  }
}

async function medianPaint(browser: Browser, address: string, options: { isSlow: boolean }): Promise<Paint> {
  const paints: Paint[] = [];
  for (let round = 0; round < rounds; round += 1) paints.push(await paint(browser, address, options));
  const middle = (of: (paint: Paint) => number) => median(paints.map(of));
  return {
    lcpMs: middle(({ lcpMs }) => lcpMs),
    cls: Math.max(...paints.map(({ cls }) => cls)),
    liveMs: middle(({ liveMs }) => liveMs),
    bytesToPoster: middle(({ bytesToPoster }) => bytesToPoster),
    bytesToLive: middle(({ bytesToLive }) => bytesToLive),
  };
}

/** One cold visit in a window of its own. */
async function paint(browser: Browser, address: string, { isSlow }: { isSlow: boolean }): Promise<Paint> {
  const context = await browser.newContext(isSlow ? phone : { viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    if (isSlow) {
      await session.send("Network.emulateNetworkConditions", { offline: false, ...slow });
      await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    }
    const arrived = listen(session);
    await page.addInitScript(pageHelper);
    await page.addInitScript(watchPaint);
    await page.goto(address, { waitUntil: "load" });
    // The page itself notes the frame in which the field is there.
    if (!address.endsWith(emptyPath))
      await page.waitForFunction(() => Reflect.get(window, "seenPaint").liveMs > 0, null, { timeout: 120_000 });
    const { lcpMs, cls, liveMs, zeroMs } = await page.evaluate(readPaint);
    const until = (endMs: number) =>
      arrived.reduce((sum, { atMs, bytes }) => sum + (atMs <= zeroMs + endMs ? bytes : 0), 0);
    return { lcpMs, cls, liveMs, bytesToPoster: until(lcpMs), bytesToLive: until(liveMs) };
  } finally {
    await context.close();
  }
}

/** Encoded bytes as they come, with the time of day. */
function listen(session: CDPSession): { atMs: number; bytes: number }[] {
  const arrived: { atMs: number; bytes: number }[] = [];
  session.on("Network.dataReceived", ({ encodedDataLength }) => {
    arrived.push({ atMs: Date.now(), bytes: encodedDataLength });
  });
  return arrived;
}

/** Runs in the page before anything else. */
function watchPaint(): void {
  const seen = { lcpMs: 0, cls: 0, liveMs: 0, isPoster: false };
  Reflect.set(window, "seenPaint", seen);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      seen.lcpMs = entry.startTime;
      seen.isPoster = Reflect.get(entry, "element") instanceof HTMLImageElement;
    }
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (!Reflect.get(entry, "hadRecentInput")) seen.cls += Number(Reflect.get(entry, "value"));
  }).observe({ type: "layout-shift", buffered: true });
  const look = () => {
    if (document.querySelector("[data-field-ready]")) seen.liveMs = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

function readPaint() {
  const seen: { lcpMs: number; cls: number; liveMs: number } = Reflect.get(window, "seenPaint");
  return { ...seen, zeroMs: performance.timeOrigin };
}
