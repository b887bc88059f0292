/** Most classes that a palette may have on the map. */
export const maxClasses = 32;

/** Carries a vertex of the reprojection mesh to the screen; `u_matrix` already holds the mesh's origin. */
export const vertexShader = `#version 300 es
precision highp float;
uniform mat4 u_matrix;
in vec2 a_position;
in vec2 a_grid;
out vec2 v_grid;
void main() {
  v_grid = a_grid;
  gl_Position = u_matrix * vec4(a_position, 0.0, 1.0);
}`;

/**
 * Colours a pixel from the stored integers around it, as \`drawnInteger\` of lib/map/sample-field does on the processor:
 * fill is dropped, the other weights renormalised, nothing drawn below half of the weight. Class bounds come in stored
 * integers, so scale and offset are in them already.
 */
export const fragmentShader = `#version 300 es
precision highp float;
precision highp int;
precision highp isampler2D;
uniform isampler2D u_field;
uniform isampler2D u_next;
uniform sampler2D u_palette;
uniform ivec2 u_size;
uniform int u_fill;
uniform float u_mix;
uniform bool u_nearest;
uniform int u_classes;
uniform float u_bounds[${maxClasses}];
uniform bool u_transparentBelow;
uniform bool u_hatchTop;
uniform float u_pixelRatio;
uniform bool u_isolines;
uniform bool u_hasThreshold;
uniform float u_threshold;
uniform float u_opacity;
uniform vec3 u_lines;
in vec2 v_grid;
out vec4 colour;

vec2 weighed(isampler2D field, ivec2 cell, float weight) {
  int stored = texelFetch(field, clamp(cell, ivec2(0), u_size - 1), 0).r;
  return stored == u_fill ? vec2(0.0) : vec2(weight * float(stored), weight);
}

vec2 sampled(isampler2D field) {
  if (u_nearest) return weighed(field, ivec2(floor(v_grid + 0.5)), 1.0);
  vec2 base = floor(v_grid);
  vec2 f = v_grid - base;
  ivec2 cell = ivec2(base);
  return weighed(field, cell, (1.0 - f.x) * (1.0 - f.y)) + weighed(field, cell + ivec2(1, 0), f.x * (1.0 - f.y))
    + weighed(field, cell + ivec2(0, 1), (1.0 - f.x) * f.y) + weighed(field, cell + ivec2(1, 1), f.x * f.y);
}

// How much of a line at \`bound\` covers this pixel: \`slope\` is the change of the value from one pixel to the next.
// A plateau at the bound itself has no line.
float lineAt(float value, float bound, float slope, float width) {
  if (slope < 1e-3) return 0.0;
  float away = abs(value - bound) / max(slope, 1e-6) / u_pixelRatio;
  return 1.0 - smoothstep(width - 0.5, width + 0.5, away);
}

void main() {
  vec2 now = sampled(u_field);
  float value = now.x / max(now.y, 1e-6);
  if (u_mix > 0.0) {
    vec2 next = sampled(u_next);
    if (next.y >= 0.5) value = mix(value, next.x / next.y, u_mix);
  }
  // Before anything is discarded: a derivative needs its neighbours.
  float slope = max(abs(dFdx(value)), abs(dFdy(value)));
  if (now.y < 0.5) discard;
  if (u_hasThreshold && value < u_threshold - 0.001) discard;
  // A thousandth of a step: what float32 loses in the weights must not put a plateau on a class bound into both classes.
  value += 0.001;
  int found = -1;
  for (int i = 0; i < u_classes; i++) if (value >= u_bounds[i]) found = i;
  if (found < 0) {
    if (u_transparentBelow) discard;
    found = 0;
  }
  vec4 shade = texelFetch(u_palette, ivec2(found, 0), 0);
  if (u_hatchTop && found == u_classes - 1) {
    float stripe = mod((gl_FragCoord.x + gl_FragCoord.y) / u_pixelRatio, 7.0);
    if (stripe < 1.6) shade.rgb = mix(shade.rgb, vec3(1.0), 0.55);
  }
  float line = 0.0;
  if (u_isolines && !u_nearest)
    for (int i = 1; i < u_classes; i++) line = max(line, 0.6 * lineAt(value, u_bounds[i], slope, 0.6));
  if (u_hasThreshold && !u_nearest) line = max(line, lineAt(value, u_threshold, slope, 1.2));
  shade.rgb = mix(shade.rgb, u_lines, line);
  float alpha = shade.a * u_opacity;
  colour = vec4(shade.rgb * alpha, alpha);
}`;
