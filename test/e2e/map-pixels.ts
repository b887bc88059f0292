import type { Page } from "playwright-core";

/** One pixel of the map's canvas: where it lies on the screen and on the Earth, and its colour. */
export type MapPixel = { readonly lat: number; readonly lon: number; readonly colour: string };

type ScreenPoint = { readonly x: number; readonly y: number };
/** Two points of the map that no panel covers at 1360 x 860. */
const clicked: readonly [ScreenPoint, ScreenPoint] = [
  { x: 420, y: 300 },
  { x: 860, y: 620 },
];

/** Waits until the map has drawn a field and tells which: product, run, variable, step. */
export async function drawnField(page: Page, prefix: string, suffix = ""): Promise<readonly string[]> {
  const ready = `[data-field-ready^="${prefix}"]${suffix ? `[data-field-ready$="${suffix}"]` : ""}`;
  const map = page.locator(`[data-testid="forecast-map"]${ready}`);
  await map.waitFor({ timeout: 120_000 });
  return (await map.getAttribute("data-field-ready"))?.split("/") ?? [];
}

/**
 * Pixels of the map, one in `every` both ways, each with its place on the Earth. The places follow from two clicks: the link in the address
 * bar names the position of a click, and a Web Mercator map is a straight line in longitude and in Mercator's y.
 */
export async function readMapPixels(page: Page, every: number): Promise<readonly MapPixel[]> {
  const [first, second] = [await clickAt(page, clicked[0]), await clickAt(page, clicked[1])];
  const lonPerPixel = (second.lon - first.lon) / (clicked[1].x - clicked[0].x);
  const yPerPixel = (mercatorY(second.lat) - mercatorY(first.lat)) / (clicked[1].y - clicked[0].y);
  const pixels = await page.evaluate(readCanvas, every);
  return pixels.map(({ x, y, colour }) => ({
    lon: first.lon + (x - clicked[0].x) * lonPerPixel,
    lat: latitudeOf(mercatorY(first.lat) + (y - clicked[0].y) * yPerPixel),
    colour,
  }));
}

async function clickAt(page: Page, { x, y }: ScreenPoint): Promise<{ lat: number; lon: number }> {
  const before = page.url();
  await page.mouse.click(x, y);
  await page.waitForURL((url) => url.href !== before && url.searchParams.has("lat"));
  const query = new URL(page.url()).searchParams;
  return { lat: Number(query.get("lat")), lon: Number(query.get("lon")) };
}

/** Runs in the page. */
function readCanvas(every: number): { x: number; y: number; colour: string }[] {
  const canvas = document.querySelector<HTMLCanvasElement>("[data-testid=forecast-map] canvas");
  const copy = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!canvas || !copy) throw new Error("no canvas");
  copy.canvas.width = canvas.width;
  copy.canvas.height = canvas.height;
  copy.drawImage(canvas, 0, 0);
  const { left, top } = canvas.getBoundingClientRect();
  const { data, width, height } = copy.getImageData(0, 0, canvas.width, canvas.height);
  return Array.from({ length: Math.floor(height / every) * Math.floor(width / every) }, (_, index) => {
    const x = (index % Math.floor(width / every)) * every;
    const y = Math.floor(index / Math.floor(width / every)) * every;
    const hex = [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
    return {
      x: left + x + 0.5,
      y: top + y + 0.5,
      colour: `#${hex.map((part) => part.toString(16).padStart(2, "0")).join("")}`,
    };
  });
}

const mercatorY = (lat: number): number => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));
const latitudeOf = (y: number): number => (Math.atan(Math.exp(y)) * 360) / Math.PI - 90;
