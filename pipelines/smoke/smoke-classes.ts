import type { Palette } from "@/lib/map/product";

const colours = ["#faf5e1", "#f4e3a6", "#f0bd63", "#e58c40", "#c24a2a", "#96304a", "#541f56"];

/**
 * PM2.5 at ground, ug m-3: the fixed smoke classes from 10 on. A faint class from 1 shows how far the plume was computed
 * (1 is also the threshold of arrival); below 1 nothing is drawn.
 */
export const smokeClasses: Palette = {
  id: "smoke",
  breaks: [1, 10, 15, 25, 35, 50, 150],
  light: colours,
  dark: colours,
  transparentBelow: true,
  hatchTop: true,
};
