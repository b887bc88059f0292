import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibreMap } from "maplibre-gl";
import type { FieldFrame, FieldLook } from "@/app/_map/field-look";
import { type FieldProgram, linkFieldProgram } from "@/app/_map/field-program";
import { FieldTextures } from "@/app/_map/field-textures";
import type { ReprojectionMesh } from "@/lib/map/mesh";

/**
 * Draws the stored integers of one step on the map. Colours, threshold and cells are uniforms: a change of look costs
 * a frame and no request. All graphics memory can be lost and is rebuilt from what was set.
 */
export class FieldLayer implements CustomLayerInterface {
  readonly id = "field";
  readonly type = "custom";
  readonly renderingMode = "2d";
  private map: MapLibreMap | null = null;
  private program: FieldProgram | null = null;
  private textures: FieldTextures | null = null;
  private mesh: ReprojectionMesh | null = null;
  private uploadedMesh: ReprojectionMesh | null = null;
  private frame: FieldFrame | null = null;
  private look: FieldLook | null = null;

  /** @param onDrawn told the key of the field after each frame that shows it, null when none is shown */
  constructor(private readonly onDrawn: (key: string | null) => void) {}

  onAdd(map: MapLibreMap, gl: WebGL2RenderingContext): void {
    this.map = map;
    this.program = linkFieldProgram(gl);
    this.textures = new FieldTextures(gl);
    this.uploadedMesh = null;
  }

  onRemove(): void {
    this.textures?.release();
    this.program?.release();
    this.map = null;
    this.program = null;
    this.textures = null;
  }

  show(mesh: ReprojectionMesh, frame: FieldFrame | null, look: FieldLook): void {
    this.mesh = mesh;
    this.frame = frame;
    this.look = look;
    this.map?.triggerRepaint();
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const { program, textures, mesh, frame, look } = this;
    if (!program || !textures || !mesh || !frame || !look) {
      this.onDrawn(null);
      return;
    }
    if (this.uploadedMesh !== mesh) {
      program.setMesh(mesh);
      this.uploadedMesh = mesh;
    }
    const field = textures.of(frame.field);
    const next = frame.next && frame.mix > 0 ? textures.of(frame.next) : null;
    program.draw({
      matrix: meshMatrix(input.defaultProjectionData.mainMatrix, mesh.origin),
      field,
      next: next ?? field,
      mix: next ? frame.mix : 0,
      source: frame.field,
      look,
      palette: textures.palette(look.classes),
      pixelRatio: this.map?.getPixelRatio() ?? 1,
    });
    this.onDrawn(gl.isContextLost() ? null : frame.field.key);
  }
}

/**
 * The map's matrix with the mesh's origin taken in while numbers are still 64 bits wide: absolute Mercator in float32
 * would be metres off at high zoom.
 */
function meshMatrix(matrix: ArrayLike<number>, [x, y]: readonly [number, number]): Float32Array {
  const moved = Float64Array.from(matrix);
  for (let row = 0; row < 4; row++)
    moved[12 + row] = (matrix[row] ?? 0) * x + (matrix[4 + row] ?? 0) * y + (matrix[12 + row] ?? 0);
  return Float32Array.from(moved);
}
