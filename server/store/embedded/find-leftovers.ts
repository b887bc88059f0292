import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { statePlaces } from "@/server/store/embedded/state-folder";

/** Databases of root whose home has been removed; nothing reaches them any more. */
export function findLeftovers(): readonly { path: string; home: string }[] {
  return statePlaces
    .map((place) => `${place}/nereus`)
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => existsSync(join(path, "home")))
    .map((path) => ({ path, home: dirname(readFileSync(join(path, "home"), "utf8").trim()) }))
    .filter(({ home }) => !existsSync(home));
}
