export const themes = ["light", "dark", "system"] as const;
export type Theme = (typeof themes)[number];

/** Name of the cookie that keeps the chosen theme; absent = follow the system. */
export const themeCookie = "nereus-theme";

/** The theme in the cookie's value; anything else follows the system. */
export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}
