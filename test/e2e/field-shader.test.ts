import { afterAll, beforeAll, expect, test } from "vitest";
import { classOf } from "@/lib/map/palette";
import { drawnInteger } from "@/lib/map/sample-field";
import { hasBrowser } from "@/test/e2e/browser";
import { type DrawnField, openFieldBrowser } from "@/test/e2e/field-browser";
import type { FieldDrawing } from "@/test/e2e/field-page";

const inBrowser = test.skipIf(!hasBrowser);
const pixelsPerCell = 8;
const size = { nX: 24, nY: 17 };
const breaks = [-100, 0, 40, 120];
const colours = [10, 20, 30, 255, 60, 70, 80, 255, 110, 120, 130, 255, 200, 210, 220, 255];
const palette = { id: "test", breaks, light: [], dark: [], transparentBelow: true, hatchTop: false };

let browser: Awaited<ReturnType<typeof openFieldBrowser>> | null = null;
beforeAll(async () => {
  if (hasBrowser) browser = await openFieldBrowser();
});
afterAll(async () => await browser?.close());

/** A field with gentle and steep parts, plateaus on class bounds, and about a tenth of its cells masked. */
function aField(fill: number): number[] {
  return Array.from({ length: size.nX * size.nY }, (_, at) => {
    if ((at * 7919) % 11 === 0) return fill;
    const [x, y] = [at % size.nX, Math.floor(at / size.nX)];
    return x > 18 ? 40 : Math.round(90 * Math.sin(x / 3) * Math.cos(y / 4) + ((at * 31) % 17) - 8);
  });
}

async function draw(drawing: FieldDrawing): Promise<DrawnField> {
  if (!browser) throw new Error("the browser did not start");
  return await browser.draw(drawing);
}

inBrowser.each([
  ["int16", -32_768],
  ["int32", -2_147_483_648],
] as const)(
  "the shader draws an %s field as the reference does, and nothing over masked cells",
  async (dtype, fill) => {
    const stored = aField(fill);
    const { pixels, error } = await draw({
      ...{
        dtype,
        stored,
        ...size,
        fill,
        bounds: breaks,
        colours,
        transparentBelow: true,
        showCells: false,
        pixelsPerCell,
      },
    });
    expect(error).toBe(0);
    const seen = compare(pixels, (gridX, gridY) =>
      drawnInteger(dtype === "int16" ? Int16Array.from(stored) : Int32Array.from(stored), size, { gridX, gridY, fill }),
    );
    expect(seen.wrong).toEqual([]);
    expect(seen.empty).toBeGreaterThan(500);
    expect(seen.coloured).toBeGreaterThan(10_000);
  },
);

inBrowser("with the cells shown every pixel has the class of the cell that it lies in", async () => {
  const fill = -32_768;
  const stored = aField(fill);
  const { pixels } = await draw({
    ...{ dtype: "int16", stored, ...size, fill, bounds: breaks, colours, transparentBelow: true, showCells: true },
    pixelsPerCell,
  });
  const seen = compare(pixels, (gridX, gridY) => {
    const value = stored[Math.round(gridY) * size.nX + Math.round(gridX)];
    return value === undefined || value === fill ? null : value;
  });
  expect(seen.wrong).toEqual([]);
});

/** Every pixel against the class of the expected value; a value within a hundredth of a bound may be in either. */
function compare(pixels: readonly number[], expected: (gridX: number, gridY: number) => number | null) {
  const width = size.nX * pixelsPerCell;
  const seen = { wrong: [] as string[], empty: 0, coloured: 0 };
  for (let at = 0; at < pixels.length / 4; at++) {
    const gridX = ((at % width) + 0.5) / pixelsPerCell - 0.5;
    const gridY = (Math.floor(at / width) + 0.5) / pixelsPerCell - 0.5;
    const value = expected(gridX, gridY);
    const allowed = value === null ? [-1] : [classOf(palette, value - 0.01), classOf(palette, value + 0.01)];
    const drawn = (pixels[at * 4 + 3] ?? 0) === 0 ? -1 : colours.indexOf(pixels[at * 4] ?? -2) / 4;
    if (!allowed.includes(drawn)) seen.wrong.push(`${gridX}, ${gridY}: class ${drawn}, value ${value}`);
    if (drawn < 0) seen.empty += 1;
    else seen.coloured += 1;
  }
  return seen;
}
