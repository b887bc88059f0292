import { type FSWatcher, watch } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";
import { scratchNames } from "@/server/executors/runner";

/**
 * Calls `onChange` when a file gets its final name below `out/` or when the sentinel appears. Growth of files says
 * nothing (a chatty program would wake the worker at each line), so only names are looked at.
 * @returns stops watching
 */
export function watchScratch(scratch: string, onChange: () => void): () => void {
  const watching = new ScratchWatch(scratch, onChange);
  return () => watching.stop();
}

/** Files that appear together are told together, ms. */
const gatherMs = 5;
/** Looks without cause, in case the system dropped events, ms. */
const safetyMs = 2000;
/** Same, when the system has no file events left to give, ms: a rename is still noticed within 0.3 s. */
const blindMs = 250;

/** Own recursion: node's watches every file too, and a product may have thousands. */
class ScratchWatch {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #onChange: () => void;
  #safety: NodeJS.Timeout;
  #gathering: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(scratch: string, onChange: () => void) {
    this.#onChange = onChange;
    this.#safety = setInterval(onChange, safetyMs);
    const out = join(scratch, scratchNames.outputs);
    this.#follow(scratch, (name) => {
      if (name === scratchNames.sentinel) this.#tell();
    });
    this.#followOutputs(out);
    void this.#followBelow(out);
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#safety);
    if (this.#gathering !== null) clearTimeout(this.#gathering);
    for (const watcher of this.#watchers.values()) watcher.close();
  }

  #tell(): void {
    if (this.#stopped || this.#gathering !== null) return;
    this.#gathering = setTimeout(() => {
      this.#gathering = null;
      this.#onChange();
    }, gatherMs);
  }

  #followOutputs(folder: string): void {
    this.#follow(folder, (name) => {
      if (isFinalName(name)) this.#tell();
      void this.#followBelow(folder);
    });
  }

  #follow(folder: string, onName: (name: string) => void): void {
    if (this.#stopped || this.#watchers.has(folder)) return;
    try {
      const watcher = watch(folder, { persistent: false }, (kind, name) => {
        if (kind === "rename" && name !== null) onName(name);
      });
      watcher.on("error", () => this.#goBlind());
      this.#watchers.set(folder, watcher);
    } catch (error) {
      if (!hasErrorCode(error, "ENOENT", "ENOTDIR")) this.#goBlind();
    }
  }

  async #followBelow(folder: string): Promise<void> {
    for (const path of await foldersIn(folder)) {
      if (this.#watchers.has(path)) continue;
      this.#followOutputs(path);
      // Files may have come between the making of the folder and its watch.
      this.#tell();
      await this.#followBelow(path);
    }
  }

  #goBlind(): void {
    clearInterval(this.#safety);
    if (!this.#stopped) this.#safety = setInterval(this.#onChange, blindMs);
  }
}

const isFinalName = (name: string): boolean => !/\.(part|tmp)(-[^.]*)?$/.test(name);

/** Empty for a folder that is gone or cannot be read: the safety look finds what there is to find. */
async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name));
  } catch (error) {
    if (error instanceof Error && "code" in error) return [];
    throw error;
  }
}
