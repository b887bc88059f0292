import { expect, test } from "vitest";
import { describeText } from "@/lib/formats/text/describe-text";
import { readKml } from "@/lib/formats/text/read-kml";

test("quotes hold delimiters and line ends, and a byte order mark is no part of a name", () => {
  const { format, records } = describeText(
    '\ufeffname,lat,lon\n"Naples, old\ntown",40.85,14.25\nBacoli,40.8,14.1\n',
    "a.csv",
  );
  expect(format).toBe("CSV");
  expect(records).toMatchObject({
    count: 2,
    columns: ["name", "lat", "lon"],
    bounds: { west: 14.1, east: 14.25, south: 40.8, north: 40.85 },
  });
});

test("decimal commas count where columns are set apart otherwise", () => {
  const { records } = describeText("Luogo;lat;long\nAcerra;40,9265;14,38\nNola;40.98;14.18\n", "a.csv");
  expect(records.bounds).toEqual({ west: 14.18, east: 14.38, south: 40.9265, north: 40.98 });
});

test.each([
  ["953", "2000-11-01T09:53:00Z"],
  ["41", "2000-11-01T00:41:00Z"],
  ["15:20:00", "2000-11-01T15:20:00Z"],
])("a fire seen at acq_time %s is of %s", (time, wanted) => {
  const text = `latitude,longitude,acq_date,acq_time,frp\n39.1,22.4,2000-11-01,${time},5.7\n`;
  expect(describeText(text, "fires.csv").timesUtc).toEqual([wanted]);
});

test("columns set apart by spaces are a table behind lines that are none", () => {
  const text = "a file of measurements\nyear lat lon value\n1983 39.65 -80.42 .0\n1983 40.38 -80.63 .5\n";
  expect(describeText(text, "a.txt")).toMatchObject({ format: "text table", records: { count: 2 } });
});

test("lines that are no table are text", () => {
  expect(describeText("83 09 25 17\n1\n39.80 -84.05 10.0\n67\n0\n", "control")).toMatchObject({
    format: "text",
    records: { count: 5 },
  });
});

test("features are counted by kind, and one outside the earth is named", () => {
  const point = (lon: number) => ({
    type: "Feature",
    properties: { name: "x" },
    geometry: { type: "Point", coordinates: [lon, 40] },
  });
  const text = JSON.stringify({ type: "FeatureCollection", features: [point(14), point(1_543_111)] });
  const { format, records, problems } = describeText(text, "a.geojson");
  expect({ format, ...records }).toMatchObject({ format: "GeoJSON", count: 2, geometries: { Point: 2 } });
  expect(problems).toMatchObject([{ code: "format-invalid", fields: { place: "feature 2" } }]);
});

test("broken JSON and a geometry without numbers are refused with their place", () => {
  expect(() => describeText('{"type": "Feature", ', "a.json")).toThrow(/format-invalid/);
  const text = '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":["a"]}}';
  expect(() => describeText(text, "a.json")).toThrow(/feature 1/);
});

test("placemarks of KML are points, lines and polygons with their data", () => {
  const kml = `<?xml version="1.0"?><kml><Document>
    <Placemark><name>Farm &amp; raft</name><Point><coordinates>14.1,40.8,0</coordinates></Point></Placemark>
    <Placemark><ExtendedData><Data name="id"><value>7</value></Data></ExtendedData>
      <LineString><coordinates>14,40 14.5,40.5</coordinates></LineString></Placemark>
  </Document></kml>`;
  expect(readKml(kml, "a.kml")).toEqual([
    { geometry: { type: "Point", positions: [[14.1, 40.8]] }, properties: { name: "Farm & raft" } },
    {
      geometry: {
        type: "LineString",
        positions: [
          [14, 40],
          [14.5, 40.5],
        ],
      },
      properties: { id: "7" },
    },
  ]);
  expect(describeText(kml, "a.kml")).toMatchObject({ format: "KML", records: { count: 2 } });
});
