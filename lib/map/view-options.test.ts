import { expect, test } from "vitest";
import { defaultViewOptions, readViewOptions, type ViewOptions, writeViewOptions } from "@/lib/map/view-options";

const written = (options: ViewOptions): URLSearchParams => {
  const query = new URLSearchParams();
  writeViewOptions(query, options);
  return query;
};

test("options read back from a link as they were written, and the default writes nothing", () => {
  const options: ViewOptions = {
    ...{ palette: "wrf5-wind-kt-lamma", unit: "km/h", threshold: 10.5, opacity: 0.6 },
    ...{ showCells: true, isolines: true, streaks: true },
  };
  expect(readViewOptions(written(options))).toEqual(options);
  expect(written(defaultViewOptions).toString()).toBe("");
});

test.each([
  ["opacity=900", { opacity: 1 }],
  ["opacity=0", { opacity: 0.2 }],
  ["above=much&show=ghosts", {}],
])("%s is read as something that can be drawn", (query, changed) => {
  expect(readViewOptions(new URLSearchParams(query))).toEqual({ ...defaultViewOptions, ...changed });
});
