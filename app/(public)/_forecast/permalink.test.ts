import { expect, test } from "vitest";
import { readPermalink, writePermalink } from "@/app/(public)/_forecast/permalink";
import { defaultViewOptions } from "@/lib/map/view-options";

test("a written link reads back as the same view", () => {
  const view = {
    product: "smoke",
    run: "0f0e",
    layer: "pm25",
    time: "2026-07-01T12:00:00Z",
    position: { lat: 40.7461, lon: 14.0207 },
    options: { ...defaultViewOptions, unit: "km/h", isolines: true },
  };
  const back = readPermalink(new URLSearchParams(writePermalink(view)));
  expect({ ...back, time: new Date(back.time ?? "").getTime() }).toEqual({ ...view, time: Date.parse(view.time) });
});

test("a link without a run follows the latest", () => {
  const query = writePermalink({
    product: "demo-weather",
    run: null,
    layer: "wind",
    time: null,
    ...{ position: null, options: defaultViewOptions },
  });
  expect(query).toBe("product=demo-weather&run=latest&layer=wind");
  expect(readPermalink(new URLSearchParams(query)).run).toBeNull();
});

test.each(["lat=91&lon=0", "lat=x&lon=2", "lat=40", "time=soon"])("%s is taken as absent", (query) => {
  const { position, time } = readPermalink(new URLSearchParams(query));
  expect(position).toBeNull();
  expect(time).toBeNull();
});
