/**
 * Values on the edges of the levels, [levels + 1, size], from those that a file has there or, as some versions of CROCO
 * write them, in the middles: then an edge between two levels takes their mean and the outermost that of its level.
 * @param of.size  cells of a level
 * @returns null for another number of levels: nothing tells where such values lie
 */
export function onEdges(
  values: Float32Array,
  { levels, size }: { readonly levels: number; readonly size: number },
): Float32Array | null {
  if (values.length === (levels + 1) * size) return values;
  if (values.length !== levels * size) return null;
  const edges = new Float32Array((levels + 1) * size);
  for (let k = 0; k <= levels; k += 1)
    for (let cell = 0; cell < size; cell += 1) {
      const below = values[Math.max(k - 1, 0) * size + cell] ?? Number.NaN;
      const above = values[Math.min(k, levels - 1) * size + cell] ?? Number.NaN;
      edges[k * size + cell] = (below + above) / 2;
    }
  return edges;
}
