import { expect, test } from "vitest";
import type { GridDescription } from "@/lib/geo/grid";
import { gridTransform } from "@/lib/map/grid-transform";
import { toMercator } from "@/lib/map/mercator";
import { buildMesh, meshToleranceCells } from "@/lib/map/mesh";

const latLon: GridDescription = { kind: "latlon", nX: 100, nY: 120, lon0: 13.5, lat0: 40.1, dLon: 0.01, dLat: 0.008 };
const lambert: GridDescription = {
  kind: "projected",
  nX: 600,
  nY: 600,
  x0: -450_000,
  y0: -450_000,
  dX: 1500,
  dY: 1500,
  projection: { name: "lambert", trueLat1: 30, trueLat2: 60, standLon: 13, lat0: 41, radiusM: 6_370_000 },
};

test.each([
  ["a regular grid", latLon],
  ["a Lambert grid of 900 km", lambert],
])("the mesh of %s keeps every drawn cell within the tolerance of where it is", (_, grid) => {
  const cells = gridTransform(grid);
  const mesh = buildMesh(cells);
  expect(mesh.errorCells).toBeLessThan(meshToleranceCells);
  const { squares } = mesh;
  const at = (row: number, column: number, axis: number) =>
    (mesh.positions[(row * (squares + 1) + column) * 2 + axis] ?? Number.NaN) + (mesh.origin[axis] ?? Number.NaN);
  // Positions by the triangles' own interpolation, at points that the search for the mesh did not look at.
  for (let probe = 0; probe < 500; probe++) {
    const [column, row] = [(probe * 37) % squares, (probe * 53) % squares];
    const [u, v] = [((probe * 17) % 45) / 100, ((probe * 29) % 50) / 100];
    const drawn = [0, 1].map(
      (axis) =>
        at(row, column, axis) +
        u * (at(row, column + 1, axis) - at(row, column, axis)) +
        v * (at(row + 1, column, axis) - at(row, column, axis)),
    );
    const grid = [((column + u) / squares) * cells.nX - 0.5, ((row + v) / squares) * cells.nY - 0.5] as const;
    const exact = toMercator(...cells.toLonLat(...grid));
    const east = toMercator(...cells.toLonLat(grid[0] + 1, grid[1]));
    const cell = Math.hypot(east[0] - exact[0], east[1] - exact[1]);
    expect(Math.hypot((drawn[0] ?? 0) - exact[0], (drawn[1] ?? 0) - exact[1]) / cell).toBeLessThan(meshToleranceCells);
  }
});

test("a 600 x 600 Lambert grid needs no more than 65 x 65 vertices", () => {
  expect(buildMesh(gridTransform(lambert)).squares).toBeLessThanOrEqual(64);
});

test("the mesh ends half a cell outside the outermost centres", () => {
  const { gridIndices } = buildMesh(gridTransform(latLon));
  const xs = gridIndices.filter((_, index) => index % 2 === 0);
  const ys = gridIndices.filter((_, index) => index % 2 === 1);
  expect([Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]).toEqual([-0.5, 99.5, -0.5, 119.5]);
});

test("float32 positions relative to the origin are exact to 5 centimetres", () => {
  const cells = gridTransform(lambert);
  const mesh = buildMesh(cells);
  const earthM = 40_075_017;
  for (let vertex = 0; vertex < mesh.positions.length / 2; vertex++) {
    const grid = [mesh.gridIndices[vertex * 2] ?? 0, mesh.gridIndices[vertex * 2 + 1] ?? 0] as const;
    const [x, y] = toMercator(...cells.toLonLat(...grid));
    const offX = mesh.origin[0] + (mesh.positions[vertex * 2] ?? 0) - x;
    const offY = mesh.origin[1] + (mesh.positions[vertex * 2 + 1] ?? 0) - y;
    expect(Math.hypot(offX, offY) * earthM).toBeLessThan(0.05);
  }
});
