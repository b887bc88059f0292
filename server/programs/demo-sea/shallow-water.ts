import type { Basin } from "@/server/programs/demo-sea/basin";
import { stressOf, tideAt, windAt } from "@/server/programs/demo-sea/forcing";

const gravity = 9.81;
const waterDensity = 1028;
/** 1/s at 40.6 N. */
const coriolis = 2 * 7.292e-5 * Math.sin((40.6 * Math.PI) / 180);
const bottomDrag = 2.5e-3;
/** Horizontal viscosity, m2 s-1. */
const viscosity = 25;
/** Share of the way of the fastest wave across a cell that a step may take. */
const courant = 0.6;

/**
 * Depth-mean flow and height of the surface on a C-grid: continuity and momentum with pressure of the surface, rotation,
 * wind stress, quadratic bottom drag and viscosity, forward in time for the surface and backward for the pressure
 * (Sielecki 1968). The open boundary lets waves out around the given tide (Flather 1976). Volume is conserved cell by
 * cell. Works in place.
 */
export class ShallowWater {
  readonly zeta: Float64Array;
  /** m s-1, on the west face of cell (j, i), [nY, nX + 1], and on the south face, [nY + 1, nX]. */
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly stepSeconds: number;
  /** Depth on the faces, m. */
  private readonly uDepth: Float64Array;
  private readonly vDepth: Float64Array;

  constructor(
    private readonly basin: Basin,
    public seconds: number,
  ) {
    const { nX, nY, dxM, dyM, depth } = basin;
    this.zeta = new Float64Array(nX * nY);
    this.u = new Float64Array(nY * (nX + 1));
    this.v = new Float64Array((nY + 1) * nX);
    this.uDepth = this.u.map((_, at) => this.depthAt((at % (nX + 1)) - 1, Math.trunc(at / (nX + 1)), [1, 0]));
    this.vDepth = this.v.map((_, at) => this.depthAt(at % nX, Math.trunc(at / nX) - 1, [0, 1]));
    const fastest = Math.sqrt(gravity * depth.reduce((a, b) => Math.max(a, b), 1));
    const longest = (courant * Math.min(dxM, dyM)) / (fastest * Math.SQRT2);
    this.stepSeconds = 3600 / Math.ceil(3600 / longest);
  }

  /** Goes on to a time; whole hours are met exactly. */
  runTo(seconds: number): void {
    const steps = Math.round((seconds - this.seconds) / this.stepSeconds);
    for (let step = 0; step < steps; step += 1) {
      this.moveSurface();
      this.moveEastward(this.seconds + this.stepSeconds);
      this.moveNorthward(this.seconds + this.stepSeconds);
      this.seconds += this.stepSeconds;
    }
    this.seconds = seconds;
  }

  private moveSurface(): void {
    const { zeta, u, v, uDepth, vDepth, stepSeconds: dt } = this;
    const { nX, nY, dxM, dyM, mask } = this.basin;
    for (let j = 0; j < nY; j += 1)
      for (let i = 0; i < nX; i += 1) {
        const cell = j * nX + i;
        if (mask[cell] !== 1) continue;
        const west = (u[j * (nX + 1) + i] ?? 0) * (uDepth[j * (nX + 1) + i] ?? 1);
        const east = (u[j * (nX + 1) + i + 1] ?? 0) * (uDepth[j * (nX + 1) + i + 1] ?? 1);
        const south = (v[cell] ?? 0) * (vDepth[cell] ?? 1);
        const north = (v[cell + nX] ?? 0) * (vDepth[cell + nX] ?? 1);
        zeta[cell] = (zeta[cell] ?? 0) + dt * ((west - east) / dxM + (south - north) / dyM);
      }
  }

  private moveEastward(seconds: number): void {
    const { zeta, u, v, uDepth } = this;
    const { nX, nY, dxM, mask, lat } = this.basin;
    const { x } = stressOf(windAt(seconds));
    for (let j = 0; j < nY; j += 1)
      for (let i = 0; i <= nX; i += 1) {
        const [west, east] = [i > 0 ? j * nX + i - 1 : -1, i < nX ? j * nX + i : -1];
        const at = j * (nX + 1) + i;
        if (west < 0 || east < 0) {
          const inner = west < 0 ? east : west;
          if (mask[inner] === 1)
            u[at] = this.boundary(inner, seconds, { lat: lat[inner] ?? 0, outward: west < 0 ? -1 : 1 });
        } else if (mask[west] === 1 && mask[east] === 1) {
          const across = this.mean(v, j * nX + i - 1, nX);
          const slope = ((zeta[east] ?? 0) - (zeta[west] ?? 0)) / dxM;
          const spread = this.spread(u, at, nX + 1);
          u[at] = this.pushed(u[at] ?? 0, across, {
            slope,
            turn: coriolis,
            stress: x,
            depth: uDepth[at] ?? 1,
            spread,
          });
        }
      }
  }

  private moveNorthward(seconds: number): void {
    const { zeta, u, v, vDepth } = this;
    const { nX, nY, dyM, mask, lat } = this.basin;
    const { y } = stressOf(windAt(seconds));
    for (let j = 0; j <= nY; j += 1)
      for (let i = 0; i < nX; i += 1) {
        const [south, north] = [j > 0 ? (j - 1) * nX + i : -1, j < nY ? j * nX + i : -1];
        const at = j * nX + i;
        if (south < 0 || north < 0) {
          const inner = south < 0 ? north : south;
          if (mask[inner] === 1)
            v[at] = this.boundary(inner, seconds, { lat: lat[inner] ?? 0, outward: south < 0 ? -1 : 1 });
        } else if (mask[south] === 1 && mask[north] === 1) {
          const across = this.mean(u, (j - 1) * (nX + 1) + i, nX + 1);
          const slope = ((zeta[north] ?? 0) - (zeta[south] ?? 0)) / dyM;
          const spread = this.spread(v, at, nX);
          v[at] = this.pushed(v[at] ?? 0, across, {
            slope,
            turn: -coriolis,
            stress: y,
            depth: vDepth[at] ?? 1,
            spread,
          });
        }
      }
  }

  /** A component after a step; the drag is taken at its end, so that it never turns the flow around. */
  private pushed(
    speed: number,
    across: number,
    force: { slope: number; turn: number; stress: number; depth: number; spread: number },
  ): number {
    const dt = this.stepSeconds;
    const push =
      force.turn * across - gravity * force.slope + force.stress / (waterDensity * force.depth) + force.spread;
    return (speed + dt * push) / (1 + (dt * bottomDrag * Math.hypot(speed, across)) / force.depth);
  }

  private boundary(inner: number, seconds: number, { lat, outward }: { lat: number; outward: number }): number {
    const depth = this.basin.depth[inner] ?? 1;
    return outward * Math.sqrt(gravity / depth) * ((this.zeta[inner] ?? 0) - tideAt(seconds, lat));
  }

  /** Mean of two neighbours and of the two a step further on. */
  private mean(values: Float64Array, first: number, step: number): number {
    const near = (values[first] ?? 0) + (values[first + 1] ?? 0);
    return 0.25 * (near + (values[first + step] ?? 0) + (values[first + step + 1] ?? 0));
  }

  private spread(values: Float64Array, at: number, step: number): number {
    const here = values[at] ?? 0;
    const beside = (values[at - 1] ?? here) + (values[at + 1] ?? here) - 2 * here;
    const along = (values[at - step] ?? here) + (values[at + step] ?? here) - 2 * here;
    return viscosity * (beside / this.basin.dxM ** 2 + along / this.basin.dyM ** 2);
  }

  /** Depth on the face between a cell and the next one; at the rim that of the inner one. */
  private depthAt(i: number, j: number, [di, dj]: readonly [number, number]): number {
    const { nX, nY, depth } = this.basin;
    const of = (x: number, y: number) => (x < 0 || y < 0 || x >= nX || y >= nY ? Number.NaN : (depth[y * nX + x] ?? 1));
    const [one, other] = [of(i, j), of(i + di, j + dj)];
    if (Number.isNaN(one)) return other;
    return Number.isNaN(other) ? one : (one + other) / 2;
  }
}
