/**
 * True unless a browser says that another site's page made the request. Cookies are sent along by browsers only, and
 * every browser names the origin of a request that may change something; programs that send neither carry no cookie
 * that they were not given.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin" && site !== "none") return false;
  const origin = headers.get("origin");
  if (origin === null) return true;
  const host = headers.get("x-forwarded-host") ?? headers.get("host");
  return URL.canParse(origin) && new URL(origin).host === host;
}
