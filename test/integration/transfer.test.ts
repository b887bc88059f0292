import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Connection } from "@/server/executors/connection/connection";
import { localConnection } from "@/server/executors/connection/local";
import { bringInput } from "@/server/storage/bring-input";
import { programProvider } from "@/server/storage/provide-program";
import { transferFile } from "@/server/storage/transfer-file";
import { aFolder } from "@/test/fixtures/a-folder";

const here = localConnection();

/** The first copies arrive with one byte changed, as over a bad line. */
function aBadLine(badCopies: number): Connection {
  let left = badCopies;
  const spoil = async function* (content: AsyncIterable<Uint8Array>) {
    for await (const piece of content) yield piece.map((byte, n) => (n === 0 ? byte ^ 1 : byte));
  };
  return {
    ...here,
    write: (path, content, options) => here.write(path, left-- > 0 ? spoil(content) : content, options),
  };
}

test("a copy that arrives otherwise is made anew, and appears under its name only when it is right", async () => {
  await using folder = await aFolder();
  const bytes = randomBytes(3_000_000);
  const from = { connection: here, path: join(folder.path, "a") };
  await writeFile(from.path, bytes);
  const to = { connection: aBadLine(2), path: join(folder.path, "far/b") };
  expect(await transferFile(from, to, { mark: "m" })).toMatchObject({ sizeBytes: bytes.length });
  expect((await readFile(to.path)).equals(bytes)).toBe(true);
  const never = { connection: aBadLine(9), path: join(folder.path, "far/c") };
  await expect(transferFile(from, never, { mark: "m" })).rejects.toMatchObject({ code: "artifact-changed" });
  expect(await readdir(join(folder.path, "far"))).toEqual(["b"]);
});

test("one content is brought once to a site, however many ask, and stays as it is", async () => {
  await using folder = await aFolder();
  const root = join(folder.path, "out");
  await mkdir(root);
  await writeFile(join(root, "a"), "same");
  await writeFile(join(root, "b"), "same");
  let writes = 0;
  const far: Connection = {
    ...here,
    write: (path, content, options) => {
      writes += 1;
      return here.write(path, content, options);
    },
  };
  const to = { connection: far, cacheRoot: join(folder.path, "cache") };
  const ask = (path: string) => bringInput({ root, path, to: `in/${path}`, reference: path }, here, to);
  const brought = await Promise.all([ask("a"), ask("b"), ask("a")]);
  await ask("b");
  expect(writes).toBe(1);
  const [first] = brought;
  expect(await readFile(`${first?.root}/${first?.path}`, "utf8")).toBe("same");
  expect((await stat(`${first?.root}/${first?.path}`)).mode & 0o777).toBe(0o444);
  const absent = { root, path: "none", to: "in/none", reference: "none" };
  expect(await bringInput(absent, here, to)).toEqual(absent);
});

test("a program lies at a site by what it holds, beside its older version", async () => {
  await using folder = await aFolder();
  const bundled = join(folder.path, "bundled");
  await mkdir(bundled);
  const locate = programProvider(here, bundled, join(folder.path, "site"));
  await writeFile(join(bundled, "model.mjs"), "old");
  const old = await locate("model");
  expect(old).toContain(createHash("sha256").update("old").digest("hex"));
  await writeFile(join(bundled, "model.mjs"), "new");
  const fresh = await locate("model");
  expect([await readFile(old, "utf8"), await readFile(fresh, "utf8")]).toEqual(["old", "new"]);
  await expect(locate("absent")).rejects.toMatchObject({ code: "program-not-bundled" });
});
