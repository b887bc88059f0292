import { bilinear } from "@/lib/geo/bilinear";
import { type CurvilinearGrid, curvilinearMap } from "@/lib/geo/curvilinear";
import { degreesPerSecond } from "@/lib/geo/earth-radii";
import type { GridPlace, ModelGrid, VerticalCoordinate } from "@/lib/geo/model-grid";
import { wrapLongitude } from "@/lib/geo/projection";

/** What a file knows of a curvilinear grid beside the places of its centres; planes are [rows, columns]. */
type CurvilinearExtras = {
  /** 1 where the model computes; null = everywhere. */
  readonly mask: ArrayLike<number> | null;
  /** Cells per metre along rows and columns; null = from the places. */
  readonly metrics: { readonly pm: ArrayLike<number>; readonly pn: ArrayLike<number> } | null;
  /** From east to the direction of a row, radians; null = from the places. */
  readonly angle: ArrayLike<number> | null;
  readonly vertical: VerticalCoordinate | null;
};

/** A grid told by the places of its cell centres. */
export function curvilinearModelGrid(grid: CurvilinearGrid, extras: CurvilinearExtras): ModelGrid {
  const { columns, rows } = grid;
  const { mask, metrics, angle, vertical } = extras;
  const map = curvilinearMap(grid);
  const plane = (values: ArrayLike<number>, i: number, j: number) => bilinear({ values, columns, rows }, i, j);
  /** The way along a row or a column through a point, one cell long, where the grid allows. */
  const along = (i: number, j: number, axis: "i" | "j") => {
    const last = (axis === "i" ? columns : rows) - 1;
    const middle = axis === "i" ? i : j;
    const from = Math.min(Math.max(middle - 0.5, 0), last - 1);
    const place = (at: number) => (axis === "i" ? map.toLonLat(at, j) : map.toLonLat(i, at));
    return metresBetween(place(from), place(from + 1));
  };
  return {
    ...{ kind: "curvilinear", nX: columns, nY: rows, vertical },
    locate: map.toIndex,
    toLonLat: map.toLonLat,
    metric(i, j) {
      if (metrics !== null) return { perMetreX: plane(metrics.pm, i, j), perMetreY: plane(metrics.pn, i, j) };
      const [row, column] = [along(i, j, "i"), along(i, j, "j")];
      return {
        perMetreX: 1 / Math.hypot(row.eastM, row.northM),
        perMetreY: 1 / Math.hypot(column.eastM, column.northM),
      };
    },
    angle(i, j) {
      if (angle !== null) return plane(angle, i, j);
      const { eastM, northM } = along(i, j, "i");
      return Math.atan2(northM, eastM);
    },
    isActive(i, j) {
      const [column, row] = [Math.round(i), Math.round(j)];
      if (column < 0 || row < 0 || column >= columns || row >= rows) return false;
      return mask === null || (mask[row * columns + column] ?? 0) > 0.5;
    },
  };
}

function metresBetween(from: GridPlace, to: GridPlace): { eastM: number; northM: number } {
  const [perEast, perNorth] = degreesPerSecond((from.lat + to.lat) / 2, 1, 1);
  return { eastM: wrapLongitude(to.lon - from.lon) / perEast, northM: (to.lat - from.lat) / perNorth };
}
