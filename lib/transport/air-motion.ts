import { type MetField, surfaceFields } from "@/lib/transport/met-field";
import type { MetPair } from "@/lib/transport/met-pair";
import { exp } from "@/lib/transport/portable-math";
import type { RandomStream } from "@/lib/transport/random-stream";
import { surfaceAt } from "@/lib/transport/surface-at";
import { SurfaceProbe } from "@/lib/transport/surface-probe";
import { Turbulence } from "@/lib/transport/turbulence";
import { WindProbe } from "@/lib/transport/wind-probe";

/** Diffusivities above the boundary layer, m2 s-1. */
const freeVerticalDiffusivity = 0.1;
const freeHorizontalDiffusivity = 50;
/** Particles below this height deposit: twice the reference height of 15 m. */
export const depositionLayerM = 30;
const mostSubSteps = 16;

export type MotionOptions = {
  /** False moves particles with the mean wind only: trajectories. */
  readonly turbulent: boolean;
};

/**
 * Moves one particle through a step: the mean wind by Heun's scheme with the CFL rule, turbulence by the Langevin
 * equation with density correction inside the boundary layer and by a random walk above it. The particle's state stands
 * in the fields of this object before and after `advance`; nothing is allocated.
 *
 * A vertical sub-step is half a drift, the turbulence at that midpoint, the other half: with the turbulence at its start
 * the lowest twentieth of the layer becomes 7-10 % too dense. The decay is exact, exp(-dt/T).
 * Source: Thomson (1987); Stohl and Thomson (1999) for the density term; FLEXPART for the step lengths. Checked by
 * air-motion.test.ts (Heun errors) and test/science (well-mixed profile, tracks on real files).
 */
export class AirMotion {
  x = 0.5;
  y = 0.5;
  z = 0.5;
  up = 0.5;
  vp = 0.5;
  wp = 0.5;
  level = 0;
  /** Seconds of the last `advance` that were spent below `depositionLayerM`, and the number of vertical sub-steps. */
  lowSeconds = 0.5;
  subSteps = 0;
  /** True once the particle has left the domain or the model top. */
  outside = false;

  private readonly wind = new WindProbe();
  private readonly surface = new SurfaceProbe();
  private readonly turbulence = new Turbulence();
  private u = 0.5;
  private v = 0.5;
  private w = 0.5;
  private layerM = 0.5;
  private leftTop = false;

  constructor(
    private readonly random: RandomStream,
    private readonly options: MotionOptions = { turbulent: true },
  ) {}

  /** Moves the particle from one time to another, both inside the pair's span; seconds after the start of the run. */
  advance(pair: MetPair, fromSeconds: number, toSeconds: number): void {
    this.lowSeconds = 0;
    this.outside = false;
    const span = pair.toSeconds - pair.fromSeconds;
    this.windAt(pair, this.x, this.y, this.z, (fromSeconds - pair.fromSeconds) / span);
    const parts = this.partsByCfl(pair.after, toSeconds - fromSeconds);
    const dt = (toSeconds - fromSeconds) / parts;
    for (let part = 0; part < parts && !this.outside; part += 1) {
      const share = (fromSeconds + part * dt - pair.fromSeconds) / span;
      if (part > 0) this.windAt(pair, this.x, this.y, this.z, share);
      this.part(pair, dt, share, share + dt / span);
    }
  }

  /** Number of equal parts so that no part crosses more than half a cell. */
  private partsByCfl(field: MetField, dt: number): number {
    const across = Math.max(Math.abs(this.u) / field.dX, Math.abs(this.v) / field.dY, Math.abs(this.w) / this.layerM);
    const parts = Math.ceil(2 * dt * across);
    return parts < 1 ? 1 : Math.min(parts, mostSubSteps);
  }

  private part(pair: MetPair, dt: number, share: number, shareEnd: number): void {
    const u0 = this.u;
    const v0 = this.v;
    const w0 = this.w;
    this.surface.at(pair.before, pair.after, this.x, this.y, share);
    const m0 = this.surface.mapFactor;
    const xEnd = this.x + dt * m0 * u0;
    const yEnd = this.y + dt * m0 * v0;
    this.windAt(pair, xEnd, yEnd, Math.max(0, this.z + dt * w0), shareEnd);
    const scale = 0.5 * dt * (m0 + surfaceAt(pair.after, xEnd, yEnd, surfaceFields.mapFactor));
    const u = 0.5 * (u0 + this.u);
    const v = 0.5 * (v0 + this.v);
    const w = 0.5 * (w0 + this.w);
    if (!this.options.turbulent) {
      this.x += scale * u;
      this.y += scale * v;
      this.z = Math.max(0, this.z + dt * w);
    } else if (this.z <= this.surface.layerTop) {
      this.moveAcross(scale, dt, u, v);
      this.mixVertically(densitySlopeAt(pair.before, this.x, this.y, this.level), dt, w);
    } else this.moveAbove(scale, dt, u, v, w);
    this.outside = this.x < pair.xMin || this.x > pair.xMax || this.y < pair.yMin || this.y > pair.yMax || this.leftTop;
  }

  /** Mean wind and turbulence along and across it, inside the boundary layer. `scale` = dt times the map factor. */
  private moveAcross(scale: number, dt: number, u: number, v: number): void {
    const { turbulence, surface, random } = this;
    turbulence.setColumn(surface.layerTop, surface.friction, surface.convective, surface.inverseObukhov);
    turbulence.horizontal(this.z);
    const decayU = exp(-dt / turbulence.timeScaleU);
    const decayV = turbulence.timeScaleV === turbulence.timeScaleU ? decayU : exp(-dt / turbulence.timeScaleV);
    this.up = this.up * decayU + Math.sqrt(1 - decayU * decayU) * random.normal();
    this.vp = this.vp * decayV + Math.sqrt(1 - decayV * decayV) * random.normal();
    const speed = Math.sqrt(u * u + v * v) + 1e-9;
    const along = (this.up * turbulence.sigmaU) / speed;
    const across = (this.vp * turbulence.sigmaV) / speed;
    this.x += scale * (u + along * u - across * v);
    this.y += scale * (v + along * v + across * u);
  }

  private mixVertically(densitySlope: number, dt: number, w: number): void {
    const { turbulence, random } = this;
    const top = this.surface.layerTop;
    const perTop = 1 / top;
    let z = this.z;
    let wp = this.wp;
    let left = dt;
    turbulence.vertical(z);
    while (left > 1e-3) {
      // A tenth of the shortest of T, h / (2 |w'|) and 1 / (2 |d(sigma)/dz|), in rates: one division.
      const crossing = 2 * Math.abs(wp) * turbulence.sigmaW * perTop;
      const rate = Math.max(1 / turbulence.timeScaleW, crossing, 2 * Math.abs(turbulence.sigmaWGradient));
      const step = Math.min(Math.max(0.1 / rate, 1), left);
      if (z < depositionLayerM) this.lowSeconds += step;
      for (let half = 0; half < 2; half += 1) {
        z += 0.5 * step * (w + wp * turbulence.sigmaW);
        if (z < 0) {
          z = -z;
          wp = -wp;
        }
        if (z > top) {
          z = 2 * top - z;
          wp = -wp;
          if (z < 0) z = 0;
        }
        if (half === 1) break;
        turbulence.vertical(z);
        const decay = exp(-step / turbulence.timeScaleW);
        const drift = turbulence.sigmaWGradient + turbulence.sigmaW * densitySlope;
        wp = wp * decay + drift * turbulence.timeScaleW * (1 - decay) + Math.sqrt(1 - decay * decay) * random.normal();
      }
      left -= step;
      this.subSteps += 1;
    }
    this.z = z;
    this.wp = wp;
  }

  private moveAbove(scale: number, dt: number, u: number, v: number, w: number): void {
    const spread = Math.sqrt(2 * freeHorizontalDiffusivity * dt) * this.surface.mapFactor;
    this.x += scale * u + spread * this.random.normal();
    this.y += scale * v + spread * this.random.normal();
    const z = this.z + dt * w + Math.sqrt(2 * freeVerticalDiffusivity * dt) * this.random.normal();
    this.z = z < 0 ? -z : z;
  }

  /** Value at each frame on that frame's own grid and heights, then linear in time. */
  private windAt(pair: MetPair, x: number, y: number, z: number, share: number): void {
    const wind = this.wind;
    wind.x = x;
    wind.y = y;
    wind.z = z;
    wind.level = this.level;
    wind.sample(pair.before);
    const { u, v, w } = wind;
    this.leftTop = wind.aboveTop;
    wind.sample(pair.after);
    this.u = u + share * (wind.u - u);
    this.v = v + share * (wind.v - v);
    this.w = w + share * (wind.w - w);
    this.layerM = wind.layerM;
    this.level = wind.level;
    this.leftTop = this.leftTop || wind.aboveTop;
  }
}

/** (1/rho) d(rho)/dz of the nearest column and level: the profile is smooth. */
function densitySlopeAt(field: MetField, x: number, y: number, level: number): number {
  const i = Math.min(Math.max(Math.round((x - field.x0) / field.dX), 0), field.nX - 1);
  const j = Math.min(Math.max(Math.round((y - field.y0) / field.dY), 0), field.nY - 1);
  return field.densitySlope[(j * field.nX + i) * field.nZ + level] ?? 0;
}
