import type { Palette } from "@/lib/map/product";

/** The published scales have one set of colours, whatever the theme. */
export function inBothThemes(list: string): Pick<Palette, "light" | "dark"> {
  const colours = list.split(" ").map((hex) => `#${hex}`);
  return { light: colours, dark: colours };
}

/** wrf5.wind.kt.lamma of the meteo@uniparthenope maps; its breaks are knots, here m s-1. Source: DOMAIN.md, section 9. */
export const windKnotsPalette: Palette = {
  id: "wrf5-wind-kt-lamma",
  breaks: [0, 1, 3, 6, 10, 16, 21, 27, 33, 40, 47, 55, 63].map((knots) => (knots * 1852) / 3600),
  ...inBothThemes("F7F7F7 F0FFFF A8DCE7 51A5F4 0DD178 03A000 E11500 A50000 FF00FF FFA9FF FF9501 F96402 AAABAB"),
  transparentBelow: true,
  hatchTop: false,
};

/** wrf5.t2c.lamma of the same maps: every 2 degrees from -16 C, here kelvin. Source: DOMAIN.md, section 9. */
export const temperaturePalette: Palette = {
  id: "wrf5-t2c-lamma",
  breaks: Array.from({ length: 31 }, (_, index) => Math.round((273.15 - 16 + 2 * index) * 100) / 100),
  ...inBothThemes(
    "02017E 0000C0 1564D1 2582F0 50A4F4 78B9FA 96D1FA B4F0FA E6FFE5 BEFAB4 01CE7B 05AA00 7BCE00 CEE701 FFFF27 FECE02 FF9C02 FE6400 FF0001 CE0201 A00001 810100 690301 A0786E 785045 5A352A B4B5B5 818181 FF82FF FF00FF 9B029B",
  ),
  transparentBelow: false,
  hatchTop: false,
};
