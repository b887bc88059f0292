import { AirMotion } from "@/lib/transport/air-motion";
import { metField } from "@/lib/transport/met-field";
import { metPair } from "@/lib/transport/met-pair";
import { RandomStream } from "@/lib/transport/random-stream";
import { analyticFrame } from "@/test/fixtures/analytic-frame";

const bins = 20;
const count = 20_000;
const topM = 900;
const scaleM = 8500;

/**
 * Well-mixed case of the air kernel, with its own sub-steps: largest departure of 20 layers of equal air mass from uniform
 * after 2 h in a neutral layer, in percent; the counting noise of one layer is 3.2 %.
 */
export function worstLayerPercent(): number {
  const frame = analyticFrame({ friction: 0.45, heatFlux: 0, layerTopM: topM, nX: 4, nY: 4, spacingM: 100_000 });
  const field = metField(frame);
  const pair = metPair(field, field, { fromSeconds: 0, toSeconds: 86_400 });
  const whole = 1 - Math.exp(-topM / scaleM);
  const random = new RandomStream(11, 1);
  const motion = new AirMotion(random);
  const layers = new Float64Array(bins);
  for (let particle = 0; particle < count; particle += 1) {
    random.seek(particle, 1_000_000, 0);
    Object.assign(motion, { x: 150_000, y: 150_000, z: -scaleM * Math.log(1 - ((particle + 0.5) / count) * whole) });
    motion.up = random.normal();
    motion.vp = random.normal();
    motion.wp = random.normal();
    for (let step = 0; step < 120; step += 1) {
      random.seek(particle, step, 0);
      motion.advance(pair, step * 60, step * 60 + 60);
    }
    const layer = Math.min(bins - 1, Math.trunc(((1 - Math.exp(-motion.z / scaleM)) / whole) * bins));
    layers[layer] = (layers[layer] ?? 0) + 1;
  }
  return 100 * Math.max(...layers.map((n) => Math.abs((n * bins) / count - 1)));
}
