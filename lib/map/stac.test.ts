import { expect, test } from "vitest";
import { type StacPublication, stacCatalog, stacCollection, stacItem } from "@/lib/map/stac";
import { aProduct } from "@/test/fixtures/a-product";

const root = "https://nereus.example.org/api/stac";
const place = { root, origin: "https://nereus.example.org" };
const publication: StacPublication = {
  description: aProduct(),
  coverage: {
    state: "partial",
    steps: [{ index: 1, validAtUtc: "2026-07-01T02:00:00Z", committedAtUtc: "2026-07-01T01:10:00.000Z", extremes: {} }],
    expectedSteps: 2,
    netcdf: "netcdf/smoke_fire_20260701Z0100.nc",
    cog: ["cog/smoke_fire_pm25_20260701Z0100.tif", "cog/smoke_fire_pm25_20260701Z0200.tif"],
    summary: null,
    updatedAtUtc: "2026-07-01T01:10:00.000Z",
  },
  storePath: "smoke/r1-g1",
  cycle: "2026-07-01T00Z",
  publishedAt: "2026-07-01T01:00:00.000Z",
};

test("the catalogue leads to the collection, the collection to the steps that are there", () => {
  expect(stacCatalog(root, [publication]).links).toContainEqual(
    expect.objectContaining({ rel: "child", href: `${root}/smoke` }),
  );
  const collection = stacCollection(root, [publication]);
  expect(collection.links).toContainEqual(expect.objectContaining({ rel: "item", href: `${root}/smoke/r1-g1-1` }));
  expect(JSON.stringify(collection.links)).not.toContain("r1-g1-0");
  expect(collection).toMatchObject({
    license: "CC-BY-4.0",
    extent: {
      spatial: { bbox: [[13.995, 40.496, 14.045, 40.528]] },
      temporal: { interval: [["2026-07-01T02:00:00.000Z", "2026-07-01T02:00:00.000Z"]] },
    },
  });
});

test("an item tells valid time, run time, and the files of its own step", () => {
  const item = stacItem(place, publication, 1);
  expect(item).toMatchObject({
    type: "Feature",
    stac_version: "1.0.0",
    id: "r1-g1-1",
    bbox: [13.995, 40.496, 14.045, 40.528],
    properties: {
      datetime: "2026-07-01T02:00:00.000Z",
      "forecast:reference_datetime": "2026-07-01T00:00:00Z",
      "forecast:horizon": "PT2H",
      "nereus:state": "partial",
    },
  });
  expect(Object.keys(Object(item?.assets))).toEqual(["zarr", "netcdf", "cog-pm25"]);
  expect(JSON.stringify(item?.assets)).not.toContain("Z0100.tif");
});

test("a step that was not published has no item, a request no run time", () => {
  expect(stacItem(place, publication, 0)).toBeNull();
  const request = stacItem(place, { ...publication, cycle: null }, 1);
  expect(Object.keys(Object(request?.properties)).filter((key) => key.startsWith("forecast:"))).toEqual([]);
});

test("a collection over several places gives the whole box first", () => {
  const grid = { ...aProduct().grid, lon0: 15 };
  const elsewhere = { ...publication, description: aProduct({ grid: grid as never }) };
  expect(stacCollection(root, [publication, elsewhere]).extent).toMatchObject({
    spatial: { bbox: [[13.995, 40.496, 15.045, 40.528], [13.995, 40.496, 14.045, 40.528], expect.anything()] },
  });
});
