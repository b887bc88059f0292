import type { FieldLook } from "@/app/_map/field-look";
import { fragmentShader, maxClasses, vertexShader } from "@/app/_map/field-shader";
import type { UploadedField } from "@/app/_map/field-textures";
import type { ReprojectionMesh } from "@/lib/map/mesh";

export type DrawInput = {
  readonly matrix: Float32Array;
  readonly field: WebGLTexture;
  readonly next: WebGLTexture;
  readonly mix: number;
  readonly source: UploadedField;
  readonly look: FieldLook;
  readonly palette: WebGLTexture;
  readonly pixelRatio: number;
};
export type FieldProgram = {
  setMesh(mesh: ReprojectionMesh): void;
  draw(input: DrawInput): void;
  release(): void;
};

const uniformNames = [
  "u_matrix",
  "u_field",
  "u_next",
  "u_palette",
  "u_size",
  "u_fill",
  "u_mix",
  "u_nearest",
  "u_classes",
  "u_bounds",
  "u_transparentBelow",
  "u_hatchTop",
  "u_pixelRatio",
  "u_isolines",
  "u_hasThreshold",
  "u_threshold",
  "u_opacity",
  "u_lines",
] as const;
type Uniforms = Record<(typeof uniformNames)[number], WebGLUniformLocation | null>;

/** Compiles the shader and keeps the mesh's buffers. */
export function linkFieldProgram(gl: WebGL2RenderingContext): FieldProgram {
  const program = link(gl);
  const uniforms = Object.fromEntries(uniformNames.map((name) => [name, gl.getUniformLocation(program, name)]));
  const buffers = [gl.createBuffer(), gl.createBuffer(), gl.createBuffer()] as const;
  const vertices = gl.createVertexArray();
  let indexCount = 0;
  return {
    setMesh(mesh) {
      gl.bindVertexArray(vertices);
      fillAttribute(gl, { program, name: "a_position", buffer: buffers[0], values: mesh.positions });
      fillAttribute(gl, { program, name: "a_grid", buffer: buffers[1], values: mesh.gridIndices });
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffers[2]);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, mesh.triangles, gl.STATIC_DRAW);
      gl.bindVertexArray(null);
      indexCount = mesh.triangles.length;
    },
    draw(input) {
      gl.useProgram(program);
      setUniforms(gl, uniforms as Uniforms, input);
      for (const [unit, texture] of [input.field, input.next, input.palette].entries()) {
        gl.activeTexture(gl.TEXTURE0 + unit);
        gl.bindTexture(gl.TEXTURE_2D, texture);
      }
      gl.disable(gl.CULL_FACE);
      gl.bindVertexArray(vertices);
      gl.drawElements(gl.TRIANGLES, indexCount, gl.UNSIGNED_INT, 0);
      gl.bindVertexArray(null);
    },
    release() {
      gl.deleteProgram(program);
      gl.deleteVertexArray(vertices);
      for (const buffer of buffers) gl.deleteBuffer(buffer);
    },
  };
}

function setUniforms(gl: WebGL2RenderingContext, uniforms: Uniforms, input: DrawInput): void {
  const { look, source } = input;
  gl.uniformMatrix4fv(uniforms.u_matrix, false, input.matrix);
  gl.uniform1i(uniforms.u_field, 0);
  gl.uniform1i(uniforms.u_next, 1);
  gl.uniform1i(uniforms.u_palette, 2);
  gl.uniform2i(uniforms.u_size, source.nX, source.nY);
  gl.uniform1i(uniforms.u_fill, source.fill);
  gl.uniform1f(uniforms.u_mix, input.mix);
  gl.uniform1i(uniforms.u_nearest, look.showCells ? 1 : 0);
  gl.uniform1i(uniforms.u_classes, Math.min(maxClasses, look.classes.bounds.length));
  gl.uniform1fv(uniforms.u_bounds, look.classes.bounds.subarray(0, maxClasses));
  gl.uniform1i(uniforms.u_transparentBelow, look.transparentBelow ? 1 : 0);
  gl.uniform1i(uniforms.u_hatchTop, look.hatchTop ? 1 : 0);
  gl.uniform1f(uniforms.u_pixelRatio, input.pixelRatio);
  gl.uniform1i(uniforms.u_isolines, look.isolines ? 1 : 0);
  gl.uniform1i(uniforms.u_hasThreshold, look.threshold === null ? 0 : 1);
  gl.uniform1f(uniforms.u_threshold, look.threshold ?? 0);
  gl.uniform1f(uniforms.u_opacity, look.opacity);
  gl.uniform3fv(uniforms.u_lines, look.lines);
}

function fillAttribute(
  gl: WebGL2RenderingContext,
  { program, name, buffer, values }: { program: WebGLProgram; name: string; buffer: WebGLBuffer; values: Float32Array },
): void {
  const location = gl.getAttribLocation(program, name);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
  gl.enableVertexAttribArray(location);
  gl.vertexAttribPointer(location, 2, gl.FLOAT, false, 0, 0);
}

function link(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) throw new Error("the graphics context gave no shader");
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost())
      throw new Error(`the field's shader does not compile: ${gl.getShaderInfoLog(shader)}`);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  return program;
}
