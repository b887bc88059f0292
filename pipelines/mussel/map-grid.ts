import { type FarmArea, farmBounds } from "@/lib/farms/farm-area";
import type { SeaInventory } from "@/lib/formats/roms/sea-inventory";
import type { LatLonGrid } from "@/lib/geo/grid";
import type { Outfall } from "@/lib/outfalls/outfall";

const metresPerDegree = 111_195;
/** Sea around sources and farms that is shown, m. */
const reachM = 20_000;
const mostCells = 300;
const finestCellM = 100;

/**
 * The regular longitude-latitude grid of a product: sources, farms and 20 km around them, clipped to the ocean model. A cell is
 * a 300th of that, but not finer than half a cell of the model nor than 100 m.
 */
export function mapGrid(outfalls: readonly Outfall[], farms: readonly FarmArea[], sea: SeaInventory): LatLonGrid {
  const boxes = [
    ...outfalls.map(({ lon, lat }) => ({ west: lon, east: lon, south: lat, north: lat })),
    ...farms.map(({ rings }) => farmBounds(rings)),
  ];
  const middle = boxes.reduce((sum, { south }) => sum + south, 0) / boxes.length;
  const scale = Math.cos((middle * Math.PI) / 180);
  const [dy, dx] = [reachM / metresPerDegree, reachM / metresPerDegree / scale];
  const box = {
    south: Math.max(sea.bounds.south, Math.min(...boxes.map(({ south }) => south)) - dy),
    north: Math.min(sea.bounds.north, Math.max(...boxes.map(({ north }) => north)) + dy),
    west: Math.max(sea.bounds.west, Math.min(...boxes.map(({ west }) => west)) - dx),
    east: Math.min(sea.bounds.east, Math.max(...boxes.map(({ east }) => east)) + dx),
  };
  const extentM = Math.max(box.north - box.south, (box.east - box.west) * scale) * metresPerDegree;
  const cellM = Math.max(extentM / mostCells, sea.spacingM / 2, finestCellM);
  const [dLat, dLon] = [cellM / metresPerDegree, cellM / metresPerDegree / scale];
  const count = (length: number, step: number) => Math.max(2, Math.ceil(length / step));
  return {
    kind: "latlon",
    nX: count(box.east - box.west, dLon),
    nY: count(box.north - box.south, dLat),
    lon0: box.west + dLon / 2,
    lat0: box.south + dLat / 2,
    dLon,
    dLat,
  };
}
