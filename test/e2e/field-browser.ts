import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { launchBrowser } from "@/test/e2e/browser";
import type { FieldDrawing } from "@/test/e2e/field-page";

export type DrawnField = {
  /** RGBA, rows from the south. */
  readonly pixels: readonly number[];
  /** What `gl.getError` said; 0 = nothing. */
  readonly error: number;
};

/** A browser with an empty page that draws fields with the map's own shader and textures, without a map around them. */
export async function openFieldBrowser(): Promise<{
  draw(drawing: FieldDrawing): Promise<DrawnField>;
  close(): Promise<void>;
}> {
  const bundled = await build({
    entryPoints: [fileURLToPath(new URL("field-page.ts", import.meta.url))],
    absWorkingDir: fileURLToPath(new URL("../..", import.meta.url)),
    bundle: true,
    write: false,
    format: "iife",
    tsconfig: "tsconfig.json",
  });
  const browser = await launchBrowser();
  const page = await browser.newPage();
  await page.addScriptTag({ content: bundled.outputFiles[0]?.text ?? "" });
  return {
    draw: (drawing) => page.evaluate((asked) => Reflect.get(window, "drawField")(asked), drawing),
    close: () => browser.close(),
  };
}
