import pino from "pino";

/** Log of the web server, one JSON line per entry on its standard output. */
export const log = pino({ base: { part: "web" } });
