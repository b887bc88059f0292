import { decayOf, firstRow, inverseRise, rowShift, twoThirdsPower } from "@/lib/transport/height-table";
import { cubeRoot, exp } from "@/lib/transport/portable-math";

/** Lowest Lagrangian time scales, s. */
const lowestScales = { horizontalSeconds: 10, verticalSeconds: 30 };

/**
 * Turbulence of a boundary layer at one height, after Hanna (1982) in the form of FLEXPART's `hanna.f90`: set the
 * column, then ask for the vertical or the horizontal part. One object serves a whole run; nothing is allocated.
 *
 * Units: heights m, velocities m s-1, times s. Standard deviations include the 0.01 m/s floor; time scales are not below
 * 10 s (horizontal) and 30 s (vertical); the values before those floors stand in `*Unlimited`.
 * Source: Hanna (1982), "Applications in air pollution modeling"; checked against hanna-profile (turbulence.test.ts).
 */
export class Turbulence {
  regime: Regime = "neutral";
  sigmaU = Number.NaN;
  sigmaV = Number.NaN;
  sigmaW = Number.NaN;
  /** d(sigmaW)/dz, 1/s: the true derivative, without which particles gather (a third in 1 km when neutral). */
  sigmaWGradient = Number.NaN;
  timeScaleU = Number.NaN;
  timeScaleV = Number.NaN;
  /** 1/T of the vertical, 1/s, with its floor: the walk needs the rate, and a division is dear. */
  rateW = Number.NaN;
  timeScaleUUnlimited = Number.NaN;
  timeScaleVUnlimited = Number.NaN;

  // Numbers stand in fields, and the public functions are thin, because a number that crosses a call which is not inlined
  // costs an allocation.
  /** Height for `fillVertical`, m. */
  z = Number.NaN;
  private rateWUnlimited = Number.NaN;
  private topM = Number.NaN;
  private perTop = Number.NaN;
  private friction = Number.NaN;
  private perFriction = Number.NaN;
  private convective = Number.NaN;
  private inverseObukhov = Number.NaN;
  /** 1.2 w*^2 and u*^2: the two parts of the unstable variance. */
  private convectivePart = Number.NaN;
  private mechanicalPart = Number.NaN;
  /** |L| / h, and the factors of the three forms of 1/T in zh. */
  private lengthShare = Number.NaN;
  private nearRate = Number.NaN;
  private nearSlope = Number.NaN;
  private middleRate = Number.NaN;
  private upperRate = Number.NaN;
  private sigmaUnstable = Number.NaN;
  private readonly lowestHorizontalSeconds: number;
  private readonly highestVerticalRate: number;

  constructor({ horizontalSeconds, verticalSeconds } = lowestScales) {
    this.lowestHorizontalSeconds = horizontalSeconds;
    this.highestVerticalRate = 1 / verticalSeconds;
  }

  get timeScaleW(): number {
    return 1 / this.rateW;
  }

  get timeScaleWUnlimited(): number {
    return 1 / this.rateWUnlimited;
  }

  /**
   * @param topM             height of the boundary layer, m
   * @param friction         friction velocity u*, m s-1, above 0
   * @param convective       convective velocity w*, m s-1, 0 when not unstable
   * @param inverseObukhov   1/L, 1/m, negative when unstable
   */
  setColumn(topM: number, friction: number, convective: number, inverseObukhov: number): void {
    this.topM = topM;
    this.perTop = 1 / topM;
    this.friction = friction;
    this.perFriction = 1 / friction;
    this.convective = convective;
    this.inverseObukhov = inverseObukhov;
    this.fillColumn();
  }

  /** Fills sigmaW, its gradient and timeScaleW for a height, 0 <= z <= top. */
  vertical(z: number): void {
    this.z = z;
    this.fillVertical();
  }

  /** Fills sigmaU, sigmaV (along and across the wind) and their time scales for a height. */
  horizontal(z: number): void {
    this.z = z;
    this.fillHorizontal();
  }

  private fillColumn(): void {
    const stability = this.topM * this.inverseObukhov;
    if (stability < 1 && stability > -1) {
      this.regime = "neutral";
      return;
    }
    this.regime = stability < 0 ? "unstable" : "stable";
    if (stability > 0) return;
    this.lengthShare = -1 / stability;
    this.nearRate = 10 * this.perTop;
    this.nearSlope = 0.38 * stability;
    this.middleRate = this.perTop * (1 / 0.59);
    this.upperRate = this.perTop * (1 / 0.15);
    this.convectivePart = 1.2 * this.convective * this.convective;
    this.mechanicalPart = this.friction * this.friction;
    this.sigmaUnstable = this.friction * cubeRoot(12 - 0.5 * stability) + 0.01;
  }

  /** As `vertical`, for the height in `z`. */
  fillVertical(): void {
    const z = this.z;
    if (this.regime === "neutral") {
      const c = z * this.perFriction;
      const varying = 1.3 * this.friction * decay(2e-4 * c);
      const sigma = varying + 0.01;
      this.sigmaW = sigma;
      this.sigmaWGradient = -2e-4 * this.perFriction * varying;
      this.rateWUnlimited = (2 * sigma * (1 + 1.5e-3 * c)) / z;
    } else if (this.regime === "unstable") this.fillVerticalUnstable();
    else {
      const share = z * this.perTop;
      const sigma = 1.3 * this.friction * (1 - share) + 0.01;
      this.sigmaW = sigma;
      this.sigmaWGradient = -1.3 * this.friction * this.perTop;
      this.rateWUnlimited = (10 * this.perTop * sigma) / fourFifthsPower(share);
    }
    this.rateW = Math.min(this.rateWUnlimited, this.highestVerticalRate);
  }

  private fillHorizontal(): void {
    const z = this.z;
    if (this.regime === "neutral") {
      const c = z / this.friction;
      this.sigmaU = 2 * this.friction * exp(-3e-4 * c) + 0.01;
      this.sigmaV = 1.3 * this.friction * exp(-2e-4 * c) + 0.01;
      this.timeScaleUUnlimited = (0.5 * z) / (this.sigmaV * (1 + 1.5e-3 * c));
      this.timeScaleVUnlimited = this.timeScaleUUnlimited;
    } else if (this.regime === "unstable") {
      this.sigmaU = this.sigmaUnstable;
      this.sigmaV = this.sigmaUnstable;
      this.timeScaleUUnlimited = (0.15 * this.topM) / this.sigmaU;
      this.timeScaleVUnlimited = this.timeScaleUUnlimited;
    } else {
      const zh = z / this.topM;
      this.sigmaU = 2 * this.friction * (1 - zh) + 0.01;
      this.sigmaV = 1.3 * this.friction * (1 - zh) + 0.01;
      this.timeScaleUUnlimited = ((0.15 * this.topM) / this.sigmaU) * Math.sqrt(zh);
      this.timeScaleVUnlimited = 0.467 * this.timeScaleUUnlimited;
    }
    const scaleU = this.timeScaleUUnlimited;
    const scaleV = this.timeScaleVUnlimited;
    this.timeScaleU = Math.max(scaleU, this.lowestHorizontalSeconds);
    this.timeScaleV = Math.max(scaleV, this.lowestHorizontalSeconds);
  }

  private fillVerticalUnstable(): void {
    // At the ground itself the gradient has no limit; the form holds from a hundred-thousandth of the layer.
    const zh = Math.max(this.z * this.perTop, 1e-5);
    const relative = zh * zh;
    single[0] = zh;
    const row = (((singleBits[0] ?? 0) >> rowShift) - firstRow) * 4;
    const square =
      (twoThirdsPower[row] ?? 0) +
      zh * (twoThirdsPower[row + 1] ?? 0) +
      relative * ((twoThirdsPower[row + 2] ?? 0) + zh * (twoThirdsPower[row + 3] ?? 0));
    const perHeight = 1 / zh;
    const spread = Math.sqrt(this.convectivePart * (1 - 0.9 * zh) * square + (1.8 - 1.4 * zh) * this.mechanicalPart);
    const sigma = spread + 0.01;
    // The gradient's 1/root is held below zh = 1e-3, as FLEXPART does.
    const inverseRoot = zh > 1e-3 ? square * perHeight : 10;
    const slope = this.convectivePart * (0.8 * inverseRoot - 1.8 * square) * (1 / 1.2) - 1.4 * this.mechanicalPart;
    this.sigmaW = sigma;
    this.sigmaWGradient = ((0.5 * slope) / sigma) * this.perTop;
    if (zh < this.lengthShare) this.rateWUnlimited = this.nearRate * sigma * (0.55 + this.nearSlope * zh) * perHeight;
    else if (this.z < 0.1 * this.topM) this.rateWUnlimited = this.middleRate * sigma * perHeight;
    else {
      const rise =
        (inverseRise[row] ?? 0) +
        zh * (inverseRise[row + 1] ?? 0) +
        relative * ((inverseRise[row + 2] ?? 0) + zh * (inverseRise[row + 3] ?? 0));
      this.rateWUnlimited = this.upperRate * sigma * rise;
    }
  }
}

/** exp(-x) for x >= 0, relative error below 2e-7. */
function decay(x: number): number {
  if (x < 1e-5 || x >= 2) return exp(-x);
  single[0] = x;
  const row = (((singleBits[0] ?? 0) >> rowShift) - firstRow) * 4;
  return (
    (decayOf[row] ?? 0) + x * (decayOf[row + 1] ?? 0) + x * x * ((decayOf[row + 2] ?? 0) + x * (decayOf[row + 3] ?? 0))
  );
}

const single = new Float32Array(1);
const singleBits = new Int32Array(single.buffer);

export type Regime = "neutral" | "unstable" | "stable";

/** x to 0.8 for 0 <= x <= 1, as x / fifth root of x; Newton from above, relative error below 1e-12. */
function fourFifthsPower(x: number): number {
  if (x < 1e-9) return 0;
  // A guess within 25 % from square roots: x^0.1875 = sqrt(sqrt(x)) sqrt(sqrt(sqrt(sqrt(x))))^-1.
  const quarter = Math.sqrt(Math.sqrt(x));
  let root = quarter / Math.sqrt(Math.sqrt(quarter));
  for (let i = 0; i < 5; i += 1) {
    const fourth = root * root * root * root;
    root = 0.2 * (4 * root + x / fourth);
  }
  return x / root;
}
