import type { SeaFrame } from "@/lib/formats/roms/read-sea-frame";
import type { SeaDomain } from "@/lib/transport/sea-domain";

/** Steps that divide the five minutes between two samples, s. */
const steps = [300, 150, 100, 75, 60, 50, 30, 20, 15, 10] as const;
/** Share of a cell that a particle may cross in a step, with the currents of later frames a third stronger. */
const courant = 0.5 / 1.33;

export const sampleSeconds = 300;

/** The longest step that follows the currents of a frame: a particle crosses at most half a cell in it. */
export function seaStepSeconds({ window, pm, pn, mask }: SeaDomain, frame: SeaFrame): number {
  const { nX, nY } = window;
  let fastest = 0;
  for (let k = 0; k < frame.levels; k += 1)
    for (let j = 0; j < nY; j += 1)
      for (let i = 0; i < nX; i += 1) {
        const cell = j * nX + i;
        if (mask[cell] !== 1) continue;
        const u = Math.abs(frame.uWest[(k * nY + j) * (nX + 1) + i] ?? 0) * (pm[cell] ?? 0);
        const v = Math.abs(frame.vSouth[(k * (nY + 1) + j) * nX + i] ?? 0) * (pn[cell] ?? 0);
        fastest = Math.max(fastest, u, v);
      }
  return steps.find((seconds) => seconds * fastest <= courant) ?? steps[steps.length - 1] ?? 10;
}
