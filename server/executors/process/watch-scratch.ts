import { type FSWatcher, watch } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { hasErrorCode } from "@/server/executors/connection/has-error-code";
import { scratchNames } from "@/server/executors/runner";

/** Files that appear together are told together, ms. */
const gatherMs = 5;
/** Looks without cause, in case the system dropped events, ms. */
const safetyMs = 2000;
/** Same, when the system has no file events left to give, ms: a rename is still noticed within 0.3 s. */
const blindMs = 250;

/**
 * Calls `onChange` when a file gets its final name below `out/` or when the sentinel appears. Growth of files says
 * nothing (a chatty program would wake the worker at each line), so only names are looked at.
 * Own recursion: node's watches every file too, and a product may have thousands.
 * @returns stops watching
 */
export function watchScratch(scratch: string, onChange: () => void): () => void {
  const watchers = new Map<string, FSWatcher>();
  let stopped = false;
  let gathering: NodeJS.Timeout | null = null;
  let safety = setInterval(onChange, safetyMs);

  const tell = () => {
    if (stopped || gathering !== null) return;
    gathering = setTimeout(() => {
      gathering = null;
      onChange();
    }, gatherMs);
  };
  const goBlind = () => {
    clearInterval(safety);
    if (!stopped) safety = setInterval(onChange, blindMs);
  };
  const follow = (folder: string, isNews: (name: string) => boolean) => {
    if (stopped || watchers.has(folder)) return;
    try {
      const watcher = watch(folder, { persistent: false }, (kind, name) => {
        if (kind !== "rename" || name === null) return;
        if (isNews(name)) tell();
        if (folder !== scratch) void followBelow(folder);
      });
      watcher.on("error", goBlind);
      watchers.set(folder, watcher);
    } catch (error) {
      if (hasErrorCode(error, "ENOENT", "ENOTDIR")) return;
      goBlind();
    }
  };
  const followBelow = async (folder: string) => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (!entry.isDirectory() || watchers.has(path)) continue;
      follow(path, isFinalName);
      // Files may have come between the making of the folder and its watch.
      tell();
      await followBelow(path);
    }
  };

  follow(scratch, (name) => name === scratchNames.sentinel);
  const out = join(scratch, scratchNames.outputs);
  follow(out, isFinalName);
  void followBelow(out);
  return () => {
    stopped = true;
    clearInterval(safety);
    if (gathering !== null) clearTimeout(gathering);
    for (const watcher of watchers.values()) watcher.close();
  };
}

const isFinalName = (name: string): boolean => !/\.(part|tmp)(-[^.]*)?$/.test(name);
