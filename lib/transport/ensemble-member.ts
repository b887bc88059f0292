import { exp, log } from "@/lib/transport/portable-math";
import { RandomStream } from "@/lib/transport/random-stream";

/** How one member of an ensemble differs from the run without perturbations. */
export type EnsembleMember = {
  /** 1 for the first. */
  readonly number: number;
  readonly seed: number;
  /** Of the ignition, s; negative = earlier. */
  readonly startShiftSeconds: number;
  /** Of the fire along the axes of the weather grid, m. */
  readonly eastM: number;
  readonly northM: number;
  /** Of the weather along the axes of its grid, in its cells. */
  readonly windEastCells: number;
  readonly windNorthCells: number;
  /** Factor of the wind's speed, and its turn, radians, anticlockwise. */
  readonly windSpeedFactor: number;
  readonly windTurnRadians: number;
  /** Of the plume's top, m. */
  readonly riseM: number;
  readonly emissionFactor: number;
  readonly layerTopFactor: number;
};

/** Half widths of the uniform perturbations: the spread that a forecast of a fire has at its best. */
const spread = {
  startSeconds: 3600,
  positionM: 250,
  windCells: 1,
  windSpeed: 0.1,
  windTurnRadians: 0.17453292519943295,
  riseM: 500,
} as const;
const memberStream = 5;

/**
 * Draws a member from counter-based random numbers: the same run seed and number give the same member wherever and in
 * whatever order it is drawn.
 * @param runSeed  0 .. 2^32 - 1
 * @param number   1 for the first member
 * @param emissionVariation  standard deviation over mean of load times emission factor; the emission is log-normal about
 *   the mean
 */
export function drawMember(runSeed: number, number: number, emissionVariation: number): EnsembleMember {
  const random = new RandomStream(runSeed, memberStream);
  random.seek(number, 0, 0);
  const within = (halfWidth: number) => halfWidth * random.symmetric();
  const variance = log(1 + emissionVariation * emissionVariation);
  const [low, high] = [log(0.7), log(1.4)];
  return {
    number,
    seed: Math.floor(random.uniform() * 2 ** 24) * 256 + (number & 255),
    startShiftSeconds: within(spread.startSeconds),
    eastM: within(spread.positionM),
    northM: within(spread.positionM),
    windEastCells: within(spread.windCells),
    windNorthCells: within(spread.windCells),
    windSpeedFactor: 1 + within(spread.windSpeed),
    windTurnRadians: within(spread.windTurnRadians),
    riseM: within(spread.riseM),
    layerTopFactor: exp(low + random.uniform() * (high - low)),
    emissionFactor: exp(Math.sqrt(variance) * random.normal() - 0.5 * variance),
  };
}
