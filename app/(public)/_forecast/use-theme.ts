import { useSyncExternalStore } from "react";
import { currentTheme, onThemeChange } from "@/app/_map/map-colours";

/** The theme on screen, followed; light in what the server renders. */
export function useTheme(): "light" | "dark" {
  return useSyncExternalStore(onThemeChange, currentTheme, () => "light");
}
