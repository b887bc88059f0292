// Makes the parts of the map that need no server: coast and borders from the npm package world-atlas (Natural Earth,
// public domain). Written to public/basemap/ and committed; run again after an update of the package.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { feature, mesh } from "topojson-client";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
/** Where the fine coast is used, degrees: Italy and the seas around it. */
const fineBox = { west: 6, east: 19.6, south: 35, north: 47.2 };

const atlas = (name) => JSON.parse(readFileSync(join(root, `node_modules/world-atlas/${name}.json`), "utf8"));

/** Cuts a ring at the box (Sutherland-Hodgman), so that a continent costs only its part inside. */
function cutRing(ring, { west, east, south, north }) {
  const sides = [
    { inside: ([x]) => x >= west, cross: (a, b) => at(a, b, (west - a[0]) / (b[0] - a[0])) },
    { inside: ([x]) => x <= east, cross: (a, b) => at(a, b, (east - a[0]) / (b[0] - a[0])) },
    { inside: ([, y]) => y >= south, cross: (a, b) => at(a, b, (south - a[1]) / (b[1] - a[1])) },
    { inside: ([, y]) => y <= north, cross: (a, b) => at(a, b, (north - a[1]) / (b[1] - a[1])) },
  ];
  return sides.reduce(
    (points, { inside, cross }) => {
      const kept = [];
      for (const [index, point] of points.entries()) {
        const previous = points[(index + points.length - 1) % points.length];
        if (inside(point) !== inside(previous)) kept.push(cross(previous, point));
        if (inside(point)) kept.push(point);
      }
      return kept;
    },
    ring.slice(0, -1),
  );
}

const at = (a, b, t) => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];

const round = (digits) => (line) =>
  line.map(([lon, lat]) => [Number(lon.toFixed(digits)), Number(lat.toFixed(digits))]);

const inFineBox = ([lon, lat]) =>
  lon > fineBox.west && lon < fineBox.east && lat > fineBox.south && lat < fineBox.north;

/** Pieces of a line whose points pass; the first point that fails is kept, so that the pieces reach the edge. */
function piecesWhere(line, passes) {
  const pieces = [];
  let piece = [];
  for (const [index, point] of line.entries()) {
    if (passes(point) || (line[index + 1] && passes(line[index + 1]))) piece.push(point);
    else if (piece.length > 0) {
      pieces.push([...piece, point]);
      piece = [];
    }
  }
  return piece.length > 1 ? [...pieces, piece] : pieces;
}

function collection(parts) {
  return {
    type: "FeatureCollection",
    features: parts.map(([kind, geometry]) => ({ type: "Feature", properties: { kind }, geometry })),
  };
}

function world() {
  const land = atlas("land-110m");
  const countries = atlas("countries-110m");
  const polygons = feature(land, land.objects.land).features.flatMap(({ geometry }) =>
    geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates,
  );
  const outside = (line) => piecesWhere(line, (point) => !inFineBox(point));
  return collection([
    ["land", { type: "MultiPolygon", coordinates: polygons.map((rings) => rings.map(round(2))) }],
    ["coast", lines(mesh(countries, countries.objects.countries, (a, b) => a === b).coordinates.flatMap(outside), 2)],
    ["border", lines(mesh(countries, countries.objects.countries, (a, b) => a !== b).coordinates.flatMap(outside), 2)],
  ]);
}

function fine() {
  const land = atlas("land-10m");
  const countries = atlas("countries-10m");
  const polygons = feature(land, land.objects.land).features.flatMap(({ geometry }) =>
    geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates,
  );
  const cut = polygons
    .map((rings) => rings.map((ring) => cutRing(ring, fineBox)).filter((ring) => ring.length > 2))
    .filter((rings) => rings.length > 0)
    .map((rings) => rings.map((ring) => round(4)([...ring, ring[0]])));
  const inBox = (line) => piecesWhere(line, inFineBox);
  const coast = mesh(countries, countries.objects.countries, (a, b) => a === b).coordinates.flatMap(inBox);
  const border = mesh(countries, countries.objects.countries, (a, b) => a !== b).coordinates.flatMap(inBox);
  const box = [
    [fineBox.west, fineBox.south],
    [fineBox.east, fineBox.south],
    [fineBox.east, fineBox.north],
    [fineBox.west, fineBox.north],
    [fineBox.west, fineBox.south],
  ];
  return collection([
    // Hides the coarse world under the fine part.
    ["sea", { type: "Polygon", coordinates: [box] }],
    ["land", { type: "MultiPolygon", coordinates: cut }],
    ["coast", lines(coast, 4)],
    ["border", lines(border, 4)],
  ]);
}

const lines = (coordinates, digits) => ({ type: "MultiLineString", coordinates: coordinates.map(round(digits)) });

const folder = join(root, "public/basemap");
mkdirSync(folder, { recursive: true });
for (const [name, made] of [
  ["world.json", world()],
  ["fine.json", fine()],
]) {
  const text = JSON.stringify(made);
  writeFileSync(join(folder, name), text);
  console.log(`public/basemap/${name}: ${text.length} bytes`);
}
