/** Numbers per point and frame: current on the west face, on the south face, vertical rate, vertical diffusivity. */
const seaNumbers = 4;

/**
 * Two frames of sea between which particles move, in the units of the kernel: cells, shares of the depth, seconds. Cell
 * (j, i) has its centre at the integers (i, j); sigma is -1 at the bottom and 0 at the surface, on equally spaced levels.
 *
 * `flow`: [nY + 1, nX + 1, nZ, 2 frames, 4] = u on the west face of the cell in cells/s, v on its south face in cells/s,
 * d(sigma)/dt in 1/s and the vertical diffusivity over the squared depth, 1/s; a column is contiguous, and what a particle
 * reads of both frames lies side by side. Faces of land are 0.
 */
export type SeaPair = {
  readonly nX: number;
  readonly nY: number;
  readonly nZ: number;
  readonly flow: Float32Array;
  /** [nY, nX]: 1 in the sea. */
  readonly mask: Uint8Array;
  /** [nY, nX, 3]: cells per metre along x and y, depth of the water in m. */
  readonly cells: Float32Array;
  /** Seconds after the start of the run. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
};

/** What a pair is laid out from: values of a frame at a face or level, `frame` 0 or 1, in SI units. */
export type SeaSource = {
  readonly nX: number;
  readonly nY: number;
  readonly nZ: number;
  readonly fromSeconds: number;
  readonly toSeconds: number;
  isSea(i: number, j: number): boolean;
  /** m */
  spacingX(i: number, j: number): number;
  spacingY(i: number, j: number): number;
  depth(i: number, j: number): number;
  /** m s-1, on the west and on the south face of a cell; i up to nX, j up to nY. */
  u(frame: number, k: number, j: number, i: number): number;
  v(frame: number, k: number, j: number, i: number): number;
  /** d(sigma)/dt, 1/s (`sigmaRate`), and vertical diffusivity, m2 s-1, in a cell. */
  sigmaRate(frame: number, k: number, j: number, i: number): number;
  diffusivity(frame: number, k: number, j: number, i: number): number;
};

/** Lays two frames out for the kernel. @param allocate  memory of the field, zeros; shared memory spares threads a copy */
export function seaPair(
  source: SeaSource,
  allocate: (length: number) => Float32Array = (length) => new Float32Array(length),
): SeaPair {
  const { nX, nY, nZ } = source;
  const mask = new Uint8Array(nX * nY);
  const cells = new Float32Array(nX * nY * 3);
  for (let cell = 0; cell < nX * nY; cell += 1) {
    const [i, j] = [cell % nX, Math.trunc(cell / nX)];
    mask[cell] = source.isSea(i, j) ? 1 : 0;
    cells.set([1 / source.spacingX(i, j), 1 / source.spacingY(i, j), source.depth(i, j)], cell * 3);
  }
  const flow = allocate((nX + 1) * (nY + 1) * nZ * 2 * seaNumbers);
  const isSea = (i: number, j: number) => mask[clamp(j, nY) * nX + clamp(i, nX)] === 1;
  let at = 0;
  for (let j = 0; j <= nY; j += 1) {
    for (let i = 0; i <= nX; i += 1) {
      const [ci, cj] = [clamp(i, nX), clamp(j, nY)];
      const here = isSea(i, j);
      const isOpenWest = here && isSea(i - 1, j) && j < nY;
      const isOpenSouth = here && isSea(i, j - 1) && i < nX;
      const depth = source.depth(ci, cj);
      for (let k = 0; k < nZ; k += 1) {
        for (let frame = 0; frame < 2; frame += 1, at += seaNumbers) {
          if (isOpenWest) flow[at] = source.u(frame, k, j, i) / source.spacingX(ci, cj);
          if (isOpenSouth) flow[at + 1] = source.v(frame, k, j, i) / source.spacingY(ci, cj);
          if (!here) continue;
          flow[at + 2] = source.sigmaRate(frame, k, cj, ci);
          flow[at + 3] = Math.max(source.diffusivity(frame, k, cj, ci), leastDiffusivityM2s) / (depth * depth);
        }
      }
    }
  }
  return { nX, nY, nZ, flow, mask, cells, fromSeconds: source.fromSeconds, toSeconds: source.toSeconds };
}

const leastDiffusivityM2s = 1e-5;

function clamp(index: number, count: number): number {
  return Math.min(Math.max(index, 0), count - 1);
}
