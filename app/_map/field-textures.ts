import type { StoredIntegers } from "@/lib/map/decode-chunk";
import type { ClassTable } from "@/lib/map/palette";

/** A field as the graphics memory takes it: the stored integers unchanged. */
export type UploadedField = {
  readonly key: string;
  readonly integers: StoredIntegers;
  readonly nX: number;
  readonly nY: number;
  readonly fill: number;
};

/** Graphics memory that resident steps may take; the least recently drawn leave first. */
const budgetBytes = 96 * 1024 * 1024;

/** One resident texture per drawn step, so that scrubbing never blanks the map. */
export class FieldTextures {
  private readonly resident = new Map<string, { texture: WebGLTexture; sizeBytes: number }>();
  private paletteTexture: { classes: ClassTable; texture: WebGLTexture } | null = null;

  constructor(private readonly gl: WebGL2RenderingContext) {}

  of(field: UploadedField): WebGLTexture {
    const known = this.resident.get(field.key);
    if (known) {
      // Back to the end of the map's order: the first keys are the least recently drawn.
      this.resident.delete(field.key);
      this.resident.set(field.key, known);
      return known.texture;
    }
    const texture = this.upload(field);
    this.resident.set(field.key, { texture, sizeBytes: field.integers.byteLength });
    this.makeRoom();
    return texture;
  }

  palette(classes: ClassTable): WebGLTexture {
    if (this.paletteTexture?.classes === classes) return this.paletteTexture.texture;
    if (this.paletteTexture) this.gl.deleteTexture(this.paletteTexture.texture);
    const { gl } = this;
    const texture = this.empty();
    const width = classes.colours.length / 4;
    this.unpacked(() => {
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, classes.colours);
    });
    this.paletteTexture = { classes, texture };
    return texture;
  }

  release(): void {
    for (const { texture } of this.resident.values()) this.gl.deleteTexture(texture);
    if (this.paletteTexture) this.gl.deleteTexture(this.paletteTexture.texture);
    this.resident.clear();
    this.paletteTexture = null;
  }

  private upload({ integers, nX, nY }: UploadedField): WebGLTexture {
    const { gl } = this;
    const texture = this.empty();
    const narrow = integers instanceof Int16Array;
    this.unpacked(() => {
      const [inside, type] = narrow ? [gl.R16I, gl.SHORT] : [gl.R32I, gl.INT];
      gl.texImage2D(gl.TEXTURE_2D, 0, inside, nX, nY, 0, gl.RED_INTEGER, type, integers);
    });
    return texture;
  }

  private empty(): WebGLTexture {
    const { gl } = this;
    const texture = gl.createTexture();
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    // Integer textures cannot be filtered; the shader interpolates by itself.
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    return texture;
  }

  /** The map library leaves its own unpacking options; rows of an odd number of int16 need another alignment. */
  private unpacked(upload: () => void): void {
    const { gl } = this;
    const kept = [gl.UNPACK_ALIGNMENT, gl.UNPACK_FLIP_Y_WEBGL, gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL].map(
      (name) => [name, gl.getParameter(name)] as const,
    );
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    upload();
    for (const [name, value] of kept) gl.pixelStorei(name, value);
  }

  private makeRoom(): void {
    let total = [...this.resident.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    for (const [key, { texture, sizeBytes }] of this.resident) {
      if (total <= budgetBytes || this.resident.size <= 2) return;
      this.gl.deleteTexture(texture);
      this.resident.delete(key);
      total -= sizeBytes;
    }
  }
}
