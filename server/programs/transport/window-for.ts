import type { FrameWindow } from "@/lib/formats/wrf/frame";
import { frameWindow } from "@/lib/formats/wrf/frame-window";
import type { LatLonGrid, ProjectedGrid } from "@/lib/geo/grid";
import { locate } from "@/lib/geo/locate";

/** A weather grid of up to this many columns is read whole. */
const wholeColumns = 62_500;

/**
 * The part of a weather grid that a run reads: all of a small one, else the output grid and a tenth of its width around
 * it. Particles that leave the window are booked as exited.
 */
export function windowFor(met: ProjectedGrid, output: LatLonGrid): FrameWindow {
  if (met.nX * met.nY <= wholeColumns) return frameWindow(met);
  const places = Array.from({ length: 33 }, (_, k) => k / 32).flatMap((share) => {
    const lon = output.lon0 + share * (output.nX - 1) * output.dLon;
    const lat = output.lat0 + share * (output.nY - 1) * output.dLat;
    const [east, north] = [output.lon0 + (output.nX - 1) * output.dLon, output.lat0 + (output.nY - 1) * output.dLat];
    return [
      locate(met, lon, output.lat0),
      locate(met, lon, north),
      locate(met, output.lon0, lat),
      locate(met, east, lat),
    ];
  });
  const [iLow, iHigh] = [Math.min(...places.map(({ i }) => i)), Math.max(...places.map(({ i }) => i))];
  const [jLow, jHigh] = [Math.min(...places.map(({ j }) => j)), Math.max(...places.map(({ j }) => j))];
  const margin = 0.1 * Math.max(iHigh - iLow, jHigh - jLow);
  return frameWindow(met, { i0: iLow - margin, i1: iHigh + margin, j0: jLow - margin, j1: jHigh + margin });
}
