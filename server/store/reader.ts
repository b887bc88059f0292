import type { Database, Tx } from "@/server/store/database";

/** What a store function that only reads may be given: it needs no transaction of its own. */
export type Reader = Database | Tx;
