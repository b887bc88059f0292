/** Colours of the base map, read from the design tokens of the theme in force. */
export type MapColours = Readonly<Record<"sea" | "land" | "line" | "coast" | "label" | "halo", string>>;

export function readMapColours(): MapColours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--map-${name}`).trim();
  return {
    sea: token("sea"),
    land: token("land"),
    line: token("line"),
    coast: token("coast"),
    label: token("label"),
    halo: token("halo"),
  };
}

/** The theme on screen: the one chosen, else that of the system. */
export function currentTheme(): "light" | "dark" {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Calls back when the theme changes by the switch or by the system. Returns what ends it. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "data-contrast"] });
  const media = matchMedia("(prefers-color-scheme: dark)");
  media.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    media.removeEventListener("change", changed);
  };
}
