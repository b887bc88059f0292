/** What is written around the map in a picture that leaves the portal. */
export type PictureWords = {
  readonly title: string;
  /** Model, run and valid time, one line each. */
  readonly lines: readonly string[];
  readonly legend: { readonly colours: readonly string[]; readonly ticks: readonly string[]; readonly unit: string };
  /** Source, licence, whether it is made up. */
  readonly footer: string;
};

const headPixels = 78;
const footPixels = 26;
const font = '"Inter Variable", system-ui, sans-serif';

/** Draws the map's canvas with title, legend, time and source around it; sizes are those of the map on the screen. */
export function composePicture(target: HTMLCanvasElement, map: HTMLCanvasElement, words: PictureWords): void {
  const { width, height } = map.getBoundingClientRect();
  const ratio = map.width / Math.max(1, width);
  const size = { width: Math.round(width * ratio), height: Math.round((height + headPixels + footPixels) * ratio) };
  // Setting a size clears a canvas; a recorder wants it to stay.
  if (target.width !== size.width || target.height !== size.height) Object.assign(target, size);
  const context = target.getContext("2d");
  if (!context) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, width, height + headPixels + footPixels);
  context.drawImage(map, 0, headPixels, width, height);
  context.fillStyle = "#14191f";
  context.textBaseline = "alphabetic";
  context.font = `600 18px ${font}`;
  context.fillText(words.title, 14, 26, width / 2 - 20);
  context.font = `400 12px ${font}`;
  for (const [row, line] of words.lines.entries()) context.fillText(line, 14, 45 + row * 16, width / 2 - 20);
  context.fillText(words.footer, 14, height + headPixels + 17, width - 28);
  drawLegend(context, words.legend, { left: width / 2 + 10, width: width / 2 - 24 });
}

function drawLegend(
  context: CanvasRenderingContext2D,
  { colours, ticks, unit }: PictureWords["legend"],
  { left, width }: { left: number; width: number },
): void {
  const side = width / Math.max(1, colours.length);
  context.font = `400 11px ${font}`;
  context.textAlign = "right";
  context.fillText(unit, left + width, 20);
  context.textAlign = "center";
  for (const [index, colour] of colours.entries()) {
    context.fillStyle = colour;
    context.fillRect(left + index * side, 28, side + 0.5, 16);
    context.fillStyle = "#14191f";
    context.fillText(ticks[index] ?? "", left + index * side, 60, side - 2);
  }
  context.textAlign = "start";
  context.strokeStyle = "#47525c";
  context.strokeRect(left, 28, width, 16);
}
