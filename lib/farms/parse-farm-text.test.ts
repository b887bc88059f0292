import { expect, test } from "vitest";
import { parseFarmText } from "@/lib/farms/parse-farm-text";
import { readFarms } from "@/lib/farms/read-farms";

const ring = [
  [14.1, 40.7],
  [14.12, 40.7],
  [14.12, 40.72],
];
const polygon = { type: "Polygon", coordinates: [ring] };

test.each([
  ["corners", "14.1 40.7\n14.12, 40.7\n14.12;40.72\n"],
  ["corners with decimal commas", "14,1 40,7\n14,12; 40,7\r\n14,12,\t40,72"],
  ["a GeoJSON geometry", JSON.stringify(polygon)],
  ["a GeoJSON feature", JSON.stringify({ type: "Feature", geometry: polygon, properties: {} })],
  [
    "KML",
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>14.1,40.7,0 14.12,40.7,0\n14.12,40.72,0</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>',
  ],
])("%s become a farm", (_, text) => {
  const [farm] = readFarms({ type: "Feature", geometry: parseFarmText(text), properties: { name: "A" } });
  expect(farm?.rings).toEqual([ring]);
});

test("two features become one farm of two areas", () => {
  const feature = { type: "Feature", geometry: polygon, properties: {} };
  expect(parseFarmText(JSON.stringify({ type: "FeatureCollection", features: [feature, feature] }))).toEqual({
    type: "MultiPolygon",
    coordinates: [[ring], [ring]],
  });
});

const kml = (list: string) => `<kml><Polygon><coordinates>${list}</coordinates></Polygon></kml>`;

test.each([
  ...["14,10,40,77", "14.1 40.7 3", "14,,40", "14 10,40 77", "14"].map((line) => `${line}\n1 2\n2 2\n2 3`),
  kml("14.1, 40.7 14.2, 40.7 14.2, 40.8"),
  kml("14,1,40,7 15,1,40,7 15,1,41,7"),
  "",
  "14 40\n15 41",
  "north 40\n1 2\n3 4",
  "{",
  '{"type":"Point","coordinates":[1,2]}',
  "<kml></kml>",
])("“%s” is no shape", (text) => expect(parseFarmText(text)).toBeNull());
