import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The key that signs session cookies: made once and kept below the home folder, readable by its owner only. Two
 * processes that start at once end with the same key, because only one of them can create the file.
 */
export async function readAuthSecret(homePath: string): Promise<string> {
  const path = join(homePath, "auth.secret");
  const kept = await readKept(path);
  if (kept !== null) return kept;
  await mkdir(homePath, { recursive: true });
  try {
    const secret = randomBytes(32).toString("base64url");
    await writeFile(path, secret, { mode: 0o600, flag: "wx" });
    return secret;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    return await readFile(path, "utf8");
  }
}

async function readKept(path: string): Promise<string | null> {
  try {
    const text = (await readFile(path, "utf8")).trim();
    return text.length >= 32 ? text : null;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
