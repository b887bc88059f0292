import { type MetField, sideBySide, surfaceFields } from "@/lib/transport/met-field";
import { pow } from "@/lib/transport/portable-math";
import { surfaceAt } from "@/lib/transport/surface-at";

/** Washout rate of fine particles: coefficient R^exponent with R in mm/h; 1/s. */
const fineParticles = { perSecond: 1e-4, exponent: 0.8 };

/** The two frames around a time, each on its own grid (a moving nest shifts between them), combined at the same place. */
export type MetPair = {
  readonly before: MetField;
  readonly after: MetField;
  /** Seconds after the start of the run. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Rectangle inside the mass points of both frames, projection coordinates, m; outside is outside the domain. */
  readonly xMin: number;
  readonly xMax: number;
  readonly yMin: number;
  readonly yMax: number;
  /** Washout rate at the mass points of `after`, 1/s; null when it does not rain anywhere. */
  readonly washout: Float32Array | null;
};

/** Pairs two frames; the rain between them is the difference of the accumulated sums at the same place. */
export function metPair(before: MetField, after: MetField, span: { fromSeconds: number; toSeconds: number }): MetPair {
  const [first, second] = sideBySide(before, after);
  return {
    before: first,
    after: second,
    ...span,
    xMin: Math.max(before.x0, after.x0),
    xMax: Math.min(before.x0 + (before.nX - 1) * before.dX, after.x0 + (after.nX - 1) * after.dX),
    yMin: Math.max(before.y0, after.y0),
    yMax: Math.min(before.y0 + (before.nY - 1) * before.dY, after.y0 + (after.nY - 1) * after.dY),
    washout: washoutBetween(before, after, (span.toSeconds - span.fromSeconds) / 3600),
  };
}

/** Washout rate for a rain rate, 1/s. Source: Lambda = 1e-4 R^0.8; checked against washout-a and washout-c. */
export function washoutRate(rainMmPerHour: number, { perSecond, exponent } = fineParticles): number {
  return rainMmPerHour > 1e-6 ? perSecond * pow(rainMmPerHour, exponent) : 0;
}

function washoutBetween(before: MetField, after: MetField, hours: number): Float32Array | null {
  const rates = new Float32Array(after.nX * after.nY);
  let raining = false;
  for (let j = 0; j < after.nY; j += 1) {
    for (let i = 0; i < after.nX; i += 1) {
      const point = j * after.nX + i;
      const sum = after.surface[point * surfaceFields.count + surfaceFields.accumulatedRain] ?? 0;
      const x = after.x0 + i * after.dX;
      const y = after.y0 + j * after.dY;
      const earlier = surfaceAt(before, x, y, surfaceFields.accumulatedRain);
      // A smaller sum than before means that the weather model was restarted and counts anew.
      const rain = (sum >= earlier ? sum - earlier : sum) / hours;
      rates[point] = washoutRate(rain);
      if (rain > 1e-6) raining = true;
    }
  }
  return raining ? rates : null;
}
