/** Height of the tide at the open boundary and wind over the gulf, from the time alone. */

const hour = 3600;
const degrees = Math.PI / 180;

/** Tides of the southern Tyrrhenian: amplitude, m, period, h, phase, degrees; rounded, a likeness. */
const tides = [
  { metres: 0.11, hours: 12.4206, phase: 230 },
  { metres: 0.045, hours: 12, phase: 250 },
  { metres: 0.03, hours: 23.9345, phase: 190 },
] as const;
/** The tide runs along the coast to the north-west, degrees of phase per degree of latitude. */
const phasePerLatitude = 4;

/** @param seconds  since 1970-01-01 00 UTC @returns m */
export function tideAt(seconds: number, lat: number): number {
  return tides.reduce((sum, { metres, hours, phase }) => {
    const angle = (2 * Math.PI * seconds) / (hours * hour) - (phase + phasePerLatitude * (lat - 40.6)) * degrees;
    return sum + metres * Math.cos(angle);
  }, 0);
}

/** Wind of the weather systems turns once in this time; the breeze blows inland in the afternoon. */
const weatherHours = 82;
const weatherMs = 4.5;
const breezeMs = 3.5;
const breezeTowards = 50 * degrees;
const breezePeakUtcHour = 13.5;

/** Wind at 10 m, m s-1 to the east and north. */
export function windAt(seconds: number): { readonly east: number; readonly north: number } {
  const turn = (2 * Math.PI * seconds) / (weatherHours * hour);
  const strength = weatherMs * (1 + 0.35 * Math.sin(1.7 * turn));
  const day = Math.cos((2 * Math.PI * (seconds / hour - breezePeakUtcHour)) / 24);
  const breeze = breezeMs * (day > 0 ? day : 0.35 * day);
  return {
    east: strength * Math.cos(turn) + breeze * Math.sin(breezeTowards),
    north: strength * Math.sin(turn) + breeze * Math.cos(breezeTowards),
  };
}

const airDensity = 1.22;

/** Stress of a wind on the sea, N m-2. Source: drag coefficient of Smith and Banke (1975). */
export function stressOf({ east, north }: { readonly east: number; readonly north: number }) {
  const speed = Math.hypot(east, north);
  const drag = (0.63 + 0.066 * speed) * 1e-3;
  return { x: airDensity * drag * speed * east, y: airDensity * drag * speed * north };
}
