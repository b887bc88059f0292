import { type MetField, surfaceFields } from "@/lib/transport/met-field";

/**
 * What the ground and the boundary layer are at a place: bilinear in space, linear in time between two frames that may
 * stand on different grids. Filled again by each call; nothing is allocated.
 */
export class SurfaceProbe {
  /** Height of the boundary layer above ground, m. */
  layerTop = Number.NaN;
  /** Friction and convective velocity, m s-1. */
  friction = Number.NaN;
  convective = Number.NaN;
  /** 1/L, 1/m. */
  inverseObukhov = Number.NaN;
  mapFactor = Number.NaN;

  private x = Number.NaN;
  private y = Number.NaN;
  private weight = Number.NaN;

  /** @param x, y  projection coordinates, m; @param share  0 at `before`, 1 at `after` */
  at(before: MetField, after: MetField, x: number, y: number, share: number): void {
    this.x = x;
    this.y = y;
    this.layerTop = 0;
    this.friction = 0;
    this.convective = 0;
    this.inverseObukhov = 0;
    this.mapFactor = 0;
    this.weight = 1 - share;
    this.add(before);
    this.weight = share;
    this.add(after);
  }

  private add(field: MetField): void {
    const { surface, nX } = field;
    const i = Math.min(Math.max((this.x - field.x0) * field.perDX, 0), nX - 1);
    const j = Math.min(Math.max((this.y - field.y0) * field.perDY, 0), field.nY - 1);
    const i0 = Math.min(i | 0, nX - 2);
    const j0 = Math.min(j | 0, field.nY - 2);
    const ne = this.weight * (i - i0) * (j - j0);
    const se = this.weight * (i - i0) - ne;
    const nw = this.weight * (j - j0) - ne;
    const sw = this.weight - se - nw - ne;
    const at = (j0 * nX + i0) * surfaceFields.count;
    const north = nX * surfaceFields.count;
    this.layerTop += mix(surface, at + surfaceFields.layerTop, north, sw, se, nw, ne);
    this.friction += mix(surface, at + surfaceFields.friction, north, sw, se, nw, ne);
    this.convective += mix(surface, at + surfaceFields.convective, north, sw, se, nw, ne);
    this.inverseObukhov += mix(surface, at + surfaceFields.inverseObukhov, north, sw, se, nw, ne);
    this.mapFactor += mix(surface, at + surfaceFields.mapFactor, north, sw, se, nw, ne);
  }
}

/** Value between four points; `at` is the south-west one. */
function mix(surface: Float32Array, at: number, north: number, sw: number, se: number, nw: number, ne: number): number {
  const east = at + surfaceFields.count;
  return (
    sw * (surface[at] ?? 0) +
    se * (surface[east] ?? 0) +
    nw * (surface[at + north] ?? 0) +
    ne * (surface[east + north] ?? 0)
  );
}
