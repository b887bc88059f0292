import type { MetField } from "@/lib/transport/met-field";
import type { MetPair } from "@/lib/transport/met-pair";
import { exp } from "@/lib/transport/portable-math";
import { normalsAtOnce, type RandomStream } from "@/lib/transport/random-stream";
import { SurfaceProbe } from "@/lib/transport/surface-probe";
import { Turbulence } from "@/lib/transport/turbulence";
import { VerticalWalk } from "@/lib/transport/vertical-walk";
import { WindProbe } from "@/lib/transport/wind-probe";

/** Diffusivities above the boundary layer, m2 s-1. */
const freeVerticalDiffusivity = 0.1;
const freeHorizontalDiffusivity = 50;
const mostSubSteps = 16;

export type MotionOptions = {
  /** False moves particles with the mean wind only: trajectories. */
  readonly turbulent: boolean;
  /** What the mean wind is multiplied with; absent = as the weather has it. */
  readonly wind?: WindChange;
};

/** A wind (u, v) becomes (along u - across v, across u + along v): a change of speed and a turn. */
export type WindChange = { readonly along: number; readonly across: number };

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
  /** Seconds of the last `advance` that were spent below `depositionLayerM`. */
  lowSeconds = 0.5;
  /** True once the particle has left the domain or the model top. */
  outside = false;

  private readonly wind = new WindProbe();
  private readonly surface = new SurfaceProbe();
  private readonly turbulence = new Turbulence();
  private readonly walk: VerticalWalk;
  private u = 0.5;
  private v = 0.5;
  private w = 0.5;
  private layerM = 0.5;
  private leftTop = false;
  // The part of a step under way: its length, its ends as shares of the pair's span, dt times the map factor. They stand
  // in fields because a number handed to a call that is not inlined costs an allocation.
  private dt = 0.5;
  private share = 0.5;
  private shareEnd = 0.5;
  private scale = 0.5;
  private readonly along: number;
  private readonly across: number;

  constructor(
    private readonly random: RandomStream,
    private readonly options: MotionOptions = { turbulent: true },
  ) {
    this.walk = new VerticalWalk(random, this.turbulence);
    this.along = options.wind?.along ?? 1;
    this.across = options.wind?.across ?? 0;
  }

  /** Number of vertical sub-steps so far. */
  get subSteps(): number {
    return this.walk.subSteps;
  }

  /** Moves the particle from one time to another, both inside the pair's span; seconds after the start of the run. */
  advance(pair: MetPair, fromSeconds: number, toSeconds: number): void {
    this.lowSeconds = 0;
    this.outside = false;
    const span = pair.toSeconds - pair.fromSeconds;
    const { wind } = this;
    wind.x = this.x;
    wind.y = this.y;
    wind.z = this.z;
    this.share = (fromSeconds - pair.fromSeconds) / span;
    this.windAt(pair);
    const parts = this.partsByCfl(pair.after, toSeconds - fromSeconds);
    const dt = (toSeconds - fromSeconds) / parts;
    this.dt = dt;
    for (let part = 0; part < parts && !this.outside; part += 1) {
      const share = (fromSeconds + part * dt - pair.fromSeconds) / span;
      this.share = share;
      this.shareEnd = share + dt / span;
      if (part > 0) {
        wind.x = this.x;
        wind.y = this.y;
        wind.z = this.z;
        this.windAt(pair);
      }
      this.part(pair);
    }
  }

  /** Number of equal parts so that no part crosses more than half a cell. */
  private partsByCfl(field: MetField, dt: number): number {
    const across = Math.max(
      Math.abs(this.u) * field.perDX,
      Math.abs(this.v) * field.perDY,
      Math.abs(this.w) / this.layerM,
    );
    const parts = Math.ceil(2 * dt * across);
    return parts < 1 ? 1 : Math.min(parts, mostSubSteps);
  }

  private part(pair: MetPair): void {
    const { dt, wind, surface } = this;
    const u0 = this.u;
    const v0 = this.v;
    const w0 = this.w;
    surface.at(pair.before, pair.after, this.x, this.y, this.share);
    const m0 = surface.mapFactor;
    wind.x = this.x + dt * m0 * u0;
    wind.y = this.y + dt * m0 * v0;
    wind.z = Math.max(0, this.z + dt * w0);
    // The map factor changes by 3e-5 within a step: that of the start serves for the whole.
    this.scale = dt * m0;
    this.share = this.shareEnd;
    this.windAt(pair);
    this.u = 0.5 * (u0 + this.u);
    this.v = 0.5 * (v0 + this.v);
    this.w = 0.5 * (w0 + this.w);
    if (!this.options.turbulent) {
      this.x += this.scale * this.u;
      this.y += this.scale * this.v;
      this.z = Math.max(0, this.z + dt * this.w);
    } else if (this.z <= surface.layerTop) {
      this.moveAcross();
      this.mixVertically(pair.before);
    } else this.moveAbove();
    this.outside = this.x < pair.xMin || this.x > pair.xMax || this.y < pair.yMin || this.y > pair.yMax || this.leftTop;
  }

  /** Mean wind and turbulence along and across it, inside the boundary layer. */
  private moveAcross(): void {
    const { turbulence, surface, random, dt, scale, u, v } = this;
    turbulence.setColumn(surface.layerTop, surface.friction, surface.convective, surface.inverseObukhov);
    turbulence.horizontal(this.z);
    const decayU = exp(-dt / turbulence.timeScaleU);
    const decayV = turbulence.timeScaleV === turbulence.timeScaleU ? decayU : exp(-dt / turbulence.timeScaleV);
    const { normals } = random;
    if (random.usedNormals > normalsAtOnce - 2) random.fillNormals();
    const at = random.usedNormals;
    random.usedNormals = at + 2;
    this.up = this.up * decayU + Math.sqrt(1 - decayU * decayU) * (normals[at] ?? 0);
    this.vp = this.vp * decayV + Math.sqrt(1 - decayV * decayV) * (normals[at + 1] ?? 0);
    const speed = Math.sqrt(u * u + v * v) + 1e-9;
    const along = (this.up * turbulence.sigmaU) / speed;
    const across = (this.vp * turbulence.sigmaV) / speed;
    this.x += scale * (u + along * u - across * v);
    this.y += scale * (v + along * v + across * u);
  }

  private mixVertically(field: MetField): void {
    const { walk } = this;
    walk.z = this.z;
    walk.wp = this.wp;
    walk.w = this.w;
    walk.dt = this.dt;
    walk.topM = this.surface.layerTop;
    walk.densitySlope = densitySlopeAt(field, this.x, this.y, this.level);
    walk.run();
    this.z = walk.z;
    this.wp = walk.wp;
    this.lowSeconds += walk.lowSeconds;
  }

  private moveAbove(): void {
    const { scale, dt, u, v, w } = this;
    const spread = Math.sqrt(2 * freeHorizontalDiffusivity * dt) * this.surface.mapFactor;
    this.x += scale * u + spread * this.random.normal();
    this.y += scale * v + spread * this.random.normal();
    const z = this.z + dt * w + Math.sqrt(2 * freeVerticalDiffusivity * dt) * this.random.normal();
    this.z = z < 0 ? -z : z;
  }

  /** Wind at the place of `wind` and the time `share`. */
  private windAt(pair: MetPair): void {
    const { wind } = this;
    wind.level = this.level;
    wind.share = this.share;
    wind.samplePair(pair.before, pair.after);
    this.u = this.along * wind.u - this.across * wind.v;
    this.v = this.along * wind.v + this.across * wind.u;
    this.w = wind.w;
    this.layerM = wind.layerM;
    this.level = wind.level;
    this.leftTop = wind.aboveTop;
  }
}

/** (1/rho) d(rho)/dz of the nearest column and level: the profile is smooth. */
function densitySlopeAt(field: MetField, x: number, y: number, level: number): number {
  const i = Math.min(Math.max(Math.round((x - field.x0) * field.perDX), 0), field.nX - 1);
  const j = Math.min(Math.max(Math.round((y - field.y0) * field.perDY), 0), field.nY - 1);
  return field.densitySlope[(j * field.nX + i) * field.nZ + level] ?? 0;
}
