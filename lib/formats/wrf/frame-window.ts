import type { FrameWindow } from "@/lib/formats/wrf/frame";
import type { ProjectedGrid } from "@/lib/geo/grid";

/** Cells around the region of interest that interpolation and gradients may touch. */
const haloCells = 2;

/**
 * The window of a grid that holds a box of fractional indices and a halo of 2 cells, cut at the grid's edge.
 * @param box lowest and highest index of interest; absent = the whole grid
 */
export function frameWindow(
  grid: ProjectedGrid,
  box: { readonly i0: number; readonly i1: number; readonly j0: number; readonly j1: number } = {
    i0: 0,
    i1: grid.nX - 1,
    j0: 0,
    j1: grid.nY - 1,
  },
): FrameWindow {
  const [i0, j0] = [clamp(Math.floor(box.i0) - haloCells, grid.nX), clamp(Math.floor(box.j0) - haloCells, grid.nY)];
  const [i1, j1] = [clamp(Math.ceil(box.i1) + haloCells, grid.nX), clamp(Math.ceil(box.j1) + haloCells, grid.nY)];
  return { i0, j0, nX: i1 - i0 + 1, nY: j1 - j0 + 1 };
}

function clamp(index: number, length: number): number {
  return Math.min(Math.max(index, 0), length - 1);
}
