/**
 * Scheme, server and port of an address of which only what follows may be found out later; null where the server does not
 * stand there as it is. `https:///{input.host}/` has none: who reads addresses takes the first name after any number of
 * slashes for the server.
 */
export function fixedOrigin(address: string): string | null {
  const [start] = /^\w+:\/\/[^\s{}\\/?#]+(?=[/?#]|$)/.exec(address) ?? [];
  return start !== undefined && URL.canParse(start) ? new URL(start).origin : null;
}
