const yearSeconds = 365 * 24 * 3600;

/** Keeps a choice of this browser (language, theme) for a year; the server reads it before it draws. */
export function keepPreference(name: string, value: string): void {
  const secure = window.location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=${yearSeconds}; samesite=lax${secure}`;
}
