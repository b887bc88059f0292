import { type DrawInput, linkFieldProgram } from "@/app/_map/field-program";
import { FieldTextures } from "@/app/_map/field-textures";
import type { ReprojectionMesh } from "@/lib/map/mesh";

/** What a test asks the shader to draw: a field over a square canvas, `pixelsPerCell` a side for each cell. */
export type FieldDrawing = {
  readonly dtype: "int16" | "int32";
  readonly stored: readonly number[];
  readonly nX: number;
  readonly nY: number;
  readonly fill: number;
  readonly bounds: readonly number[];
  readonly colours: readonly number[];
  readonly transparentBelow: boolean;
  readonly showCells: boolean;
  readonly pixelsPerCell: number;
  /** In stored integers: nothing is drawn below it. */
  readonly threshold?: number;
  /** A part of the map instead of the plain grid; the canvas is then `sidePixels` square. */
  readonly view?: { readonly sidePixels: number; readonly matrix: readonly number[]; readonly mesh: MeshNumbers };
};

/** A reprojection mesh as it comes from the test's process. */
type MeshNumbers = {
  readonly positions: readonly number[];
  readonly gridIndices: readonly number[];
  readonly triangles: readonly number[];
};

/** Draws with the real shader and textures, without a map around them; RGBA rows from the south. */
function drawField(drawing: FieldDrawing): { pixels: number[]; error: number } {
  const { nX, nY, pixelsPerCell, view } = drawing;
  const canvas = document.createElement("canvas");
  canvas.width = view?.sidePixels ?? nX * pixelsPerCell;
  canvas.height = view?.sidePixels ?? nY * pixelsPerCell;
  const gl = canvas.getContext("webgl2", { antialias: false, preserveDrawingBuffer: true });
  if (!gl) throw new Error("no WebGL 2");
  gl.viewport(0, 0, canvas.width, canvas.height);
  const program = linkFieldProgram(gl);
  const textures = new FieldTextures(gl);
  const integers = drawing.dtype === "int16" ? Int16Array.from(drawing.stored) : Int32Array.from(drawing.stored);
  const source = { key: "test", integers, nX, nY, fill: drawing.fill };
  const classes = { bounds: Float32Array.from(drawing.bounds), colours: Uint8Array.from(drawing.colours) };
  program.setMesh(view ? meshOf(view.mesh) : wholeCanvas(nX, nY));
  const field = textures.of(source);
  const input: DrawInput = {
    matrix: Float32Array.from(view?.matrix ?? [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]),
    field,
    next: field,
    mix: 0,
    source,
    look: {
      classes,
      ...{ transparentBelow: drawing.transparentBelow, hatchTop: false, showCells: drawing.showCells },
      ...{ isolines: false, threshold: drawing.threshold ?? null, opacity: 1, lines: [0, 0, 0] },
    },
    palette: textures.palette(classes),
    pixelRatio: 1,
  };
  program.draw(input);
  const pixels = new Uint8Array(canvas.width * canvas.height * 4);
  gl.readPixels(0, 0, canvas.width, canvas.height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  return { pixels: [...pixels], error: gl.getError() };
}

function meshOf({ positions, gridIndices, triangles }: MeshNumbers): ReprojectionMesh {
  return {
    origin: [0, 0],
    positions: Float32Array.from(positions),
    gridIndices: Float32Array.from(gridIndices),
    triangles: Uint32Array.from(triangles),
    squares: 0,
    errorCells: 0,
  };
}

function wholeCanvas(nX: number, nY: number): ReprojectionMesh {
  const [west, south, east, north] = [-0.5, -0.5, nX - 0.5, nY - 0.5];
  return {
    origin: [0, 0],
    positions: Float32Array.of(-1, -1, 1, -1, -1, 1, 1, 1),
    gridIndices: Float32Array.of(west, south, east, south, west, north, east, north),
    triangles: Uint32Array.of(0, 1, 2, 1, 3, 2),
    squares: 1,
    errorCells: 0,
  };
}

Object.assign(window, { drawField });
