/** The large scale over the domain at one time. */
export type Synoptic = {
  /** Wind above the friction layer, towards east and north, m s-1. */
  readonly eastward: number;
  readonly northward: number;
  readonly seaLevelPressurePa: number;
  /** 0 clear to 1 overcast with rain. */
  readonly wetness: number;
  /** Warmer or colder than the season, K. */
  readonly warmthK: number;
};

/**
 * The large scale as a smooth curve through states drawn twice a day from the date alone: a forecast of tomorrow says
 * today what tomorrow's analysis will say, and every date has its own weather.
 * @param hours  since 1970-01-01 00 UTC
 */
export function synopticAt(hours: number): Synoptic {
  const index = Math.floor(hours / 12);
  const fraction = hours / 12 - index;
  const weight = fraction * fraction * (3 - 2 * fraction);
  const [before, after] = [drawState(index), drawState(index + 1)];
  const blend = (one: number, other: number) => one + weight * (other - one);
  return {
    eastward: blend(before.eastward, after.eastward),
    northward: blend(before.northward, after.northward),
    seaLevelPressurePa: blend(before.seaLevelPressurePa, after.seaLevelPressurePa),
    wetness: blend(before.wetness, after.wetness),
    warmthK: blend(before.warmthK, after.warmthK),
  };
}

function drawState(index: number): Synoptic {
  const speed = 2 + 9 * draw(index, 1) ** 1.6;
  // Winds from the western half are twice as frequent here as from the eastern.
  const share = draw(index, 2);
  const fromDegrees = share < 0.67 ? 180 + (share / 0.67) * 180 : ((share - 0.67) / 0.33) * 180;
  const from = (fromDegrees * Math.PI) / 180;
  return {
    eastward: -speed * Math.sin(from),
    northward: -speed * Math.cos(from),
    seaLevelPressurePa: 101_500 + 1_600 * (draw(index, 3) - 0.5),
    wetness: Math.max(0, (draw(index, 4) - 0.75) / 0.25),
    warmthK: 5 * (draw(index, 5) - 0.5),
  };
}

/** A number in [0, 1) from two integers, the same on every machine. Source: mixing steps of MurmurHash3. */
function draw(index: number, stream: number): number {
  let mixed = Math.imul(index ^ Math.imul(stream, 0x9e3779b9), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x27d4eb2f);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}
