import { bilinear } from "@/lib/geo/bilinear";

/**
 * Current of one level and time on an Arakawa C-grid of nXi x nEta cells, whose centres sit at integer indices; m s-1
 * along the grid's axes. Masked faces are 0.
 */
export type CGridCurrent = {
  readonly nXi: number;
  readonly nEta: number;
  /** [nEta, nXi + 1]: (j, i) lies on the west face of cell (j, i), at index (i - 1/2, j). */
  readonly uWest: ArrayLike<number>;
  /** [nEta + 1, nXi]: (j, i) lies on the south face of cell (j, i), at index (i, j - 1/2). */
  readonly vSouth: ArrayLike<number>;
};

/**
 * Current inside the cell that holds a point: u linear between the cell's own west and east face, v between its south and
 * north face. A masked face carries exactly no flow, so a path cannot cross a coast.
 * Source: the "C-grid velocity" idea of Delandmeter and van Sebille (2019); checked against masked-channel,
 * roms-trajectory (rule cgrid) and roms-sample.
 */
export function currentInCell(current: CGridCurrent, xi: number, eta: number): readonly [number, number] {
  const { nXi, nEta, uWest, vSouth } = current;
  const i = Math.min(Math.max(Math.floor(xi + 0.5), 0), nXi - 1);
  const j = Math.min(Math.max(Math.floor(eta + 0.5), 0), nEta - 1);
  const west = uWest[j * (nXi + 1) + i] ?? 0;
  const east = uWest[j * (nXi + 1) + i + 1] ?? 0;
  const south = vSouth[j * nXi + i] ?? 0;
  const north = vSouth[(j + 1) * nXi + i] ?? 0;
  return [west + (xi - i + 0.5) * (east - west), south + (eta - j + 0.5) * (north - south)];
}

/** Current with u and v bilinear on their own staggered points: smoother, but it runs into land. For comparison. */
export function currentBetweenFaces(current: CGridCurrent, xi: number, eta: number): readonly [number, number] {
  const { nXi, nEta, uWest, vSouth } = current;
  return [
    bilinear({ values: uWest, columns: nXi + 1, rows: nEta }, xi + 0.5, eta),
    bilinear({ values: vSouth, columns: nXi, rows: nEta + 1 }, xi, eta + 0.5),
  ];
}

/** Sets the faces between two cells of which one is land to 0, in place. @param mask  1 = sea, [nEta, nXi] */
export function maskFaces(
  { nXi, nEta }: Pick<CGridCurrent, "nXi" | "nEta">,
  mask: ArrayLike<number>,
  faces: { readonly uWest: Float64Array | Float32Array; readonly vSouth: Float64Array | Float32Array },
): void {
  const isSea = (i: number, j: number) => mask[j * nXi + i] === 1;
  for (let j = 0; j < nEta; j += 1) {
    for (let i = 0; i < nXi; i += 1) {
      if (isSea(i, j)) continue;
      faces.uWest[j * (nXi + 1) + i] = 0;
      faces.uWest[j * (nXi + 1) + i + 1] = 0;
      faces.vSouth[j * nXi + i] = 0;
      faces.vSouth[(j + 1) * nXi + i] = 0;
    }
  }
}
