import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { localConnection } from "@/server/executors/connection/local";
import { aFolder } from "@/test/fixtures/a-folder";

const connection = localConnection();

test("a command gives its exit code, both streams and what it was told on standard input", async () => {
  const result = await connection.exec(["bash", "-c", "cat; echo no >&2; exit 3"], {
    stdin: "yes",
    timeoutSeconds: 10,
  });
  expect(result).toEqual({ exitCode: 3, signal: null, stdout: "yes", stderr: "no\n" });
});

test("a command without end is stopped at its deadline, one without program says so", async () => {
  await expect(connection.exec(["sleep", "600"], { timeoutSeconds: 0.2 })).rejects.toMatchObject({
    code: "command-timed-out",
    retryable: true,
  });
  await expect(connection.exec(["no-such-program"], { timeoutSeconds: 5 })).rejects.toMatchObject({
    code: "command-failed",
  });
});

test("a command ends with the signal of its caller", async () => {
  const controller = new AbortController();
  const running = connection.exec(["sleep", "600"], { timeoutSeconds: 60, signal: controller.signal });
  controller.abort(new Error("enough"));
  await expect(running).rejects.toThrow("enough");
});

test("more output than a pipe holds does not block the command", async () => {
  const { stdout } = await connection.exec(["head", "-c", "20000000", "/dev/zero"], { timeoutSeconds: 20 });
  expect(stdout.length).toBe(8 * 1024 * 1024);
});

test("reading goes by offset and finds nothing where nothing is", async () => {
  await using folder = await aFolder();
  const path = join(folder.path, "log");
  await writeFile(path, "0123456789");
  const read = async (offset: number, length: number) => Buffer.from(await connection.readFrom(path, offset, length));
  expect((await read(8, 100)).toString()).toBe("89");
  expect((await read(10, 5)).length).toBe(0);
  expect((await read(50, 5)).length).toBe(0);
  expect((await connection.readFrom(join(folder.path, "absent"), 0, 5)).length).toBe(0);
});

test("between file systems a file is copied whole and no temporary name stays", async (context) => {
  await using folder = await aFolder();
  const elsewhere = await mkdtemp("/dev/shm/nereus-");
  try {
    if ((await stat(elsewhere)).dev === (await stat(folder.path)).dev) context.skip("one file system only");
    await writeFile(join(elsewhere, "a"), "data");
    await connection.place(join(elsewhere, "a"), join(folder.path, "b"), "mark");
    expect(await readFile(join(folder.path, "b"), "utf8")).toBe("data");
    expect(await readdir(folder.path)).toEqual(["b"]);
  } finally {
    await rm(elsewhere, { recursive: true });
  }
});
