import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { localConnection } from "@/server/executors/connection/local";
import { collectOutputs } from "@/server/storage/collect-outputs";
import { stageInputs } from "@/server/storage/stage-inputs";
import { aFolder } from "@/test/fixtures/a-folder";

const connection = localConnection();

async function aProducer(root: string, files: Readonly<Record<string, string>>): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, "out", path, ".."), { recursive: true });
    await writeFile(join(root, "out", path), text);
  }
  return join(root, "out");
}

const attemptIn = (folder: string) => ({ scratch: join(folder, "b"), token: "token-1", node: "transport" });

test("an input is the producer's own file under a second name, and staging again changes nothing", async () => {
  await using folder = await aFolder();
  const root = await aProducer(join(folder.path, "a"), { "hours/one.nc": "data" });
  const inputs = [{ root, path: "hours/one.nc", to: "met/hours/one.nc", reference: "workflow:///met/" }];
  await stageInputs(connection, attemptIn(folder.path), inputs);
  await stageInputs(connection, attemptIn(folder.path), inputs);
  const staged = join(folder.path, "b/in/met/hours");
  expect(await readdir(staged)).toEqual(["one.nc"]);
  expect((await stat(join(staged, "one.nc"))).ino).toBe((await stat(join(root, "hours/one.nc"))).ino);
});

test.each(["../secret", "/etc/passwd", "a/../../secret", "", "a//b", "./a", "a\\..\\b", "a\0b"])(
  "the path %j is refused at both ends",
  async (path) => {
    await using folder = await aFolder();
    const root = await aProducer(join(folder.path, "a"), { a: "data" });
    await writeFile(join(folder.path, "a/secret"), "secret");
    const refused = { code: "path-leaves-scratch", fields: { path } };
    const from = stageInputs(connection, attemptIn(folder.path), [{ root, path, to: "x", reference: "r" }]);
    await expect(from).rejects.toMatchObject(refused);
    const to = stageInputs(connection, attemptIn(folder.path), [{ root, path: "a", to: path, reference: "r" }]);
    await expect(to).rejects.toMatchObject(refused);
  },
);

test("a link that points out of the producer's folder is neither staged nor collected", async () => {
  await using folder = await aFolder();
  const root = await aProducer(join(folder.path, "a"), { "real.nc": "data" });
  await symlink("/etc/hostname", join(root, "leak.nc"));
  const refused = { code: "path-leaves-scratch", fields: { path: "leak.nc" } };
  const inputs = [{ root, path: "leak.nc", to: "leak.nc", reference: "r" }];
  await expect(stageInputs(connection, attemptIn(folder.path), inputs)).rejects.toMatchObject(refused);
  await expect(collect(root, true)).rejects.toMatchObject(refused);
});

test("a missing input names the node and the reference", async () => {
  await using folder = await aFolder();
  const root = await aProducer(join(folder.path, "a"), {});
  const inputs = [{ root, path: "gone.nc", to: "gone.nc", reference: "workflow:///met/gone.nc" }];
  await expect(stageInputs(connection, attemptIn(folder.path), inputs)).rejects.toMatchObject({
    code: "input-missing",
    fields: { node: "transport", reference: "workflow:///met/gone.nc" },
  });
});

const collect = (outFolder: string, ended: boolean, known: readonly string[] = []) =>
  collectOutputs(connection, {
    outFolder,
    ended,
    at: new Date(),
    known: new Map(
      known.map((path) => [path, { path, sizeBytes: 3, sha256: "", committedAt: new Date(), isOwn: false }]),
    ),
    outputs: [
      { pattern: "*.nc", commit: "on-rename", required: true },
      { pattern: "*.json", commit: "on-exit", required: true },
      { pattern: "*.log", commit: "on-exit", required: false },
    ],
  });

test("while a job runs only renamed files count, and a half-written one never", async () => {
  await using folder = await aFolder();
  const root = await aProducer(folder.path, { "1.nc": "abc", "2.nc.part": "", "3.nc.tmp": "", "ledger.json": "{}" });
  const running = await collect(root, false);
  const sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  expect(running.files).toEqual([{ path: "1.nc", sizeBytes: 3, sha256 }]);
  const ended = await collect(root, true, ["1.nc"]);
  expect(ended.files.map((file) => file.path)).toEqual(["ledger.json"]);
  expect(ended.missing).toEqual([]);
});

test("a required pattern without a file is told", async () => {
  await using folder = await aFolder();
  const root = await aProducer(folder.path, { "1.nc.part": "half" });
  expect(await collect(root, true)).toMatchObject({ files: [], missing: ["*.nc", "*.json"] });
});

test("a write replaces a file whole and leaves no temporary name", async () => {
  await using folder = await aFolder();
  const path = join(folder.path, "coverage.json");
  await connection.writeAtomically(path, "old");
  await Promise.all(["new one", "new two"].map((text) => connection.writeAtomically(path, text)));
  expect(await readFile(path, "utf8")).toMatch(/^new (one|two)$/);
  expect(await readdir(folder.path)).toEqual(["coverage.json"]);
});
