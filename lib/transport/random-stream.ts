import { exp, log } from "@/lib/transport/portable-math";

/** Normal deviates that one block of Philox gives. */
export const normalsAtOnce = 6;

/**
 * Random numbers of one run. Every number is a pure function of (seed, particle, step, piece, draw), so a particle
 * meets the same numbers whatever the order, the number of workers, or a restart.
 *
 * Generator: Philox4x32-10, counter (particle, step, draw, piece), key (seed, stream). Normal deviates: ziggurat of 128
 * layers on 21 bits, 7 for the layer and 14 for the value, so that a block serves six. Allocates nothing after construction.
 * Source: Salmon et al. (2011), "Parallel random numbers: as easy as 1, 2, 3"; Marsaglia and Tsang (2000), "The ziggurat
 * method for generating random variables". Checked against the known answers of Random123 (random-stream.test.ts).
 */
export class RandomStream {
  private readonly block = new Int32Array(4);
  /** Normal deviates at hand, and how many of them are used: what `normal` gives, for loops that cannot afford a call. */
  readonly normals = new Float64Array(normalsAtOnce);
  usedNormals: number = normalsAtOnce;
  private readonly spread = new Int32Array(normalsAtOnce);
  private readonly key0: number;
  private readonly key1: number;
  private particle = 0;
  private step = 0;
  private piece = 0;
  private draw = 0;
  private usedBits = 4;

  /** @param seed  0 .. 2^32 - 1; @param stream  tells apart uses of one seed, such as release and motion */
  constructor(seed: number, stream: number) {
    this.key0 = seed | 0;
    this.key1 = stream | 0;
  }

  /** Goes to the first number of a particle in a step; `piece` numbers the parts of a divided step. */
  seek(particle: number, step: number, piece: number): void {
    this.particle = particle;
    this.step = step;
    this.piece = piece;
    this.draw = 0;
    this.usedBits = 4;
    this.usedNormals = normalsAtOnce;
  }

  /** Uniform in (0, 1), never an end. */
  uniform(): number {
    return ((this.bits() >>> 8) + 0.5) * 2 ** -24;
  }

  /** Uniform in [-1, 1), variance 1/3. */
  symmetric(): number {
    return this.bits() * 2 ** -31;
  }

  /** Normal, mean 0 and variance 1. */
  normal(): number {
    // Six at a time: the short path is inlined where it is called, and a number that is returned by a call that is not
    // inlined costs an allocation.
    if (this.usedNormals === normalsAtOnce) this.fillNormals();
    const at = this.usedNormals;
    this.usedNormals = at + 1;
    return this.normals[at] ?? 0;
  }

  /** The next 32 random bits, as a signed integer. */
  private bits(): number {
    if (this.usedBits === 4) {
      this.nextBlock();
      this.usedBits = 0;
    }
    const at = this.usedBits;
    this.usedBits = at + 1;
    return this.block[at] ?? 0;
  }

  private nextBlock(): void {
    philox(this.block, this.particle, this.step, this.draw, this.piece, this.key0, this.key1);
    this.draw += 1;
  }

  /** Six new normal deviates from one block: 21 bits each, two of them from the low bits of two words. */
  fillNormals(): void {
    const { block, normals } = this;
    this.nextBlock();
    this.usedBits = 4;
    this.usedNormals = 0;
    const b0 = block[0] ?? 0;
    const b1 = block[1] ?? 0;
    const b2 = block[2] ?? 0;
    const b3 = block[3] ?? 0;
    const spread = this.spread;
    spread[0] = b0;
    spread[1] = b1;
    spread[2] = b2;
    spread[3] = b3;
    spread[4] = (b0 << 21) | ((b1 & 0x3ff) << 11);
    spread[5] = (b2 << 21) | ((b3 & 0x3ff) << 11);
    let rejected = 0;
    for (let n = 0; n < normalsAtOnce; n += 1) {
      const bits = spread[n] ?? 0;
      const layer = (bits >> 11) & 127;
      const x = ((bits >> 18) + 0.5) * 2 ** -13 * (edges[layer] ?? 0);
      normals[n] = x;
      if (Math.abs(x) >= (edges[layer + 1] ?? 0)) rejected |= 1 << n;
    }
    if (rejected !== 0) this.repairNormals(rejected);
  }

  /** Decides the numbers that fell near an edge, with bits of further blocks. */
  private repairNormals(rejected: number): void {
    for (let n = 0; n < normalsAtOnce; n += 1)
      if (rejected & (1 << n)) this.normals[n] = this.normalNearEdge(this.spread[n] ?? 0);
    this.usedBits = 4;
  }

  private normalNearEdge(first: number): number {
    for (let bits = first; ; bits = this.bits()) {
      const layer = (bits >> 11) & 127;
      const x = ((bits >> 18) + 0.5) * 2 ** -13 * (edges[layer] ?? 0);
      if (Math.abs(x) < (edges[layer + 1] ?? 0)) return x;
      if (layer === 0) return this.normalInTail(x < 0 ? -1 : 1);
      const low = heights[layer] ?? 0;
      if (low + this.uniform() * ((heights[layer + 1] ?? 0) - low) < exp(-0.5 * x * x)) return x;
    }
  }

  private normalInTail(sign: number): number {
    for (;;) {
      const a = -log(this.uniform()) / tailStart;
      const b = -log(this.uniform());
      if (b + b >= a * a) return sign * (tailStart + a);
    }
  }
}

/**
 * One block of Philox4x32-10: four 32-bit counters and two keys to four 32-bit numbers, as signed integers in `out`.
 * Seven positional numbers: an options object would be allocated in the inner loop.
 */
export function philox(
  out: Int32Array,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
): void {
  let a = counter0 | 0;
  let b = counter1 | 0;
  let c = counter2 | 0;
  let d = counter3 | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < 10; round += 1) {
    const high0 = highProduct(a, 0xd251, 0x1f53);
    const high1 = highProduct(c, 0xcd9e, 0x8d57);
    const low0 = Math.imul(a, 0xd2511f53);
    const low1 = Math.imul(c, 0xcd9e8d57);
    a = high1 ^ b ^ k0;
    c = high0 ^ d ^ k1;
    b = low1;
    d = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
}

/** Upper 32 bits of the 64-bit product of x and (high * 65536 + low), all unsigned. */
function highProduct(x: number, high: number, low: number): number {
  const xLow = x & 0xffff;
  const xHigh = x >>> 16;
  const middle = (Math.imul(xHigh, low) + (Math.imul(xLow, low) >>> 16)) | 0;
  const cross = (Math.imul(xLow, high) + (middle & 0xffff)) | 0;
  return (Math.imul(xHigh, high) + (middle >>> 16) + (cross >>> 16)) | 0;
}

const tailStart = 3.442619855899;
const layerArea = 9.91256303526217e-3;
// Right edges of the layers, from the base layer (which stands for the tail too) to the top, and the curve's height there.
const edges = new Float64Array(129);
const heights = new Float64Array(129);
edges[0] = layerArea / exp(-0.5 * tailStart * tailStart);
edges[1] = tailStart;
for (let layer = 2, x = tailStart; layer < 128; layer += 1) {
  x = Math.sqrt(-2 * log(layerArea / x + exp(-0.5 * x * x)));
  edges[layer] = x;
}
for (let layer = 0; layer <= 128; layer += 1) {
  const x = edges[layer] ?? 0;
  heights[layer] = exp(-0.5 * x * x);
}
