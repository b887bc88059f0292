import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { output } from "@/lib/pipeline/define-pipeline";
import type { Connection } from "@/server/executors/connection/connection";
import { sshConnection } from "@/server/executors/connection/ssh";
import { collectOutputs } from "@/server/storage/collect-outputs";
import { freeFiles } from "@/server/storage/free-files";
import { anSshd, type Sshd, whyNoSshd } from "@/test/fixtures/an-sshd";
import { until } from "@/test/fixtures/until";

const reason = whyNoSshd();

describe.skipIf(reason !== null)(`SSH connection${reason === null ? "" : `: ${reason}`}`, () => {
  let sshd: Sshd;
  let connection: Connection;
  let folder = "";
  let serial = 0;
  beforeAll(async () => {
    sshd = await anSshd();
    connection = sshConnection(sshd.options);
  });
  afterAll(async () => {
    await connection.close();
    await sshd[Symbol.asyncDispose]();
  });
  const fresh = async () => {
    folder = `${sshd.folder}/${serial++}`;
    await connection.makeFolder(folder);
    return folder;
  };
  const sh = (script: string, timeoutSeconds = 20) => connection.exec(["bash", "-c", script], { timeoutSeconds });

  test("a command gives its exit code, both streams and what it was told on standard input", async () => {
    const argv = ["bash", "-c", "cat; echo no >&2; exit 3"];
    expect(await connection.exec(argv, { stdin: "yes", timeoutSeconds: 10 })).toEqual({
      exitCode: 3,
      signal: null,
      stdout: "yes",
      stderr: "no\n",
    });
  });

  test("words arrive as they are, whatever they hold, and the command stands where it was told", async () => {
    const at = await fresh();
    const word = `a 'b' "c" $HOME \`id\` \\ ; | & > * \n ! ~ è`;
    const argv = ["bash", "-c", 'printf "%s" "$1"; pwd >where', "x", word];
    expect((await connection.exec(argv, { cwd: at, timeoutSeconds: 10 })).stdout).toBe(word);
    expect(await readFile(`${at}/where`, "utf8")).toBe(`${at}\n`);
  });

  test("a command without end is stopped at its deadline, there as well", async () => {
    const at = await fresh();
    const running = connection.exec(["bash", "-c", `echo $$ >${at}/pid; exec sleep 600`], { timeoutSeconds: 1 });
    await expect(running).rejects.toMatchObject({ code: "command-timed-out", retryable: true });
    const pid = (await readFile(`${at}/pid`, "utf8")).trim();
    await until("the command is gone", async () =>
      (await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null)) === null ? true : null,
    );
  });

  test("a caller who has gone away is told his own reason", async () => {
    const controller = new AbortController();
    const running = connection.exec(["sleep", "30"], { timeoutSeconds: 30, signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
  });

  test("more output than a channel holds, on either stream, does not block the command", async () => {
    const { stdout, stderr, exitCode } = await sh("head -c 20000000 /dev/zero >&2; head -c 20000000 /dev/zero");
    expect([stdout.length, stderr.length, exitCode]).toEqual([8 * 1024 * 1024, 8 * 1024 * 1024, 0]);
  });

  test("files of a job there are finished by their rule: cut ones wait, changed ones are told", async () => {
    const outFolder = await fresh();
    await sh(`cd ${outFolder}; echo one > a.dat; printf GRIB-no-end > b.dat`);
    const rule = output("*.dat", { commit: "stable", stable: { listings: 2, seconds: 1 } });
    const request = { outFolder, outputs: [rule], ended: false, known: new Map(), at: new Date(0) };
    const first = await collectOutputs(connection, request);
    expect(first).toMatchObject({ files: [], cut: [], changed: [] });
    const second = await collectOutputs(connection, { ...request, seen: first.seen, at: new Date(1000) });
    expect(second).toMatchObject({ files: [{ path: "a.dat", sizeBytes: 4 }], cut: ["b.dat"] });

    await sh(`cd ${outFolder}; echo more >> a.dat`);
    const known = new Map(second.files.map((file) => [file.path, { ...file, committedAt: new Date(), isOwn: true }]));
    const third = await collectOutputs(connection, { ...request, known, seen: second.seen, at: new Date(2000) });
    expect(third).toMatchObject({ files: [], changed: [{ path: "a.dat", sizeBytes: 9 }] });
  });

  test("removing files there frees the space of their last names, whatever the names are", async () => {
    const at = await fresh();
    const strange = "a 'b' $x\nc";
    await connection.makeFolder(`${at}/one`);
    await connection.writeAtomically(`${at}/one/${strange}`, "x".repeat(8192));
    await sh(`cd ${at}; mkdir two; ln one/* two/other; head -c 8192 /dev/zero | tr '\\0' y > one/alone`);
    const first = await freeFiles(connection, [`${at}/one`], (files) => files.map(({ path }) => path));
    expect(first).toMatchObject({ files: 2, bytes: 8192, left: new Set() });
    const second = await freeFiles(connection, [`${at}/two`, `${at}/absent`], () => [`${at}/two`]);
    expect(second).toMatchObject({ files: 1, bytes: 8192 });
    await expect(freeFiles(connection, [`${at}/two`], () => [at])).rejects.toThrow("outside");
  });

  test("a child left behind with an open stream does not hold the command up", async () => {
    const begin = performance.now();
    expect(await sh("sleep 20 & echo done")).toMatchObject({ exitCode: 0, stdout: "done\n" });
    expect(performance.now() - begin).toBeLessThan(5000);
  });

  test("forty commands at once wait for channels instead of failing", async () => {
    const results = await Promise.all(Array.from({ length: 40 }, (_, n) => sh(`echo ${n}; sleep 0.05`)));
    expect(results.map(({ stdout }) => Number(stdout))).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });

  test("files are written whole, read by offset, listed, renamed, placed, hashed and removed", async () => {
    const at = await fresh();
    const bytes = randomBytes(300_000);
    await connection.makeFolder(`${at}/out/a b`);
    await connection.writeAtomically(`${at}/out/a b/data`, bytes);
    await connection.writeAtomically(`${at}/out/script`, "old", { mode: 0o755 });
    await connection.writeAtomically(`${at}/out/script`, "new", { mode: 0o755 });
    expect(Buffer.from(await connection.readFrom(`${at}/out/a b/data`, 100_000, 150_000))).toEqual(
      bytes.subarray(100_000, 250_000),
    );
    expect((await connection.readFrom(`${at}/out/a b/data`, 299_990, 100)).length).toBe(10);
    expect((await connection.readFrom(`${at}/out/a b/data`, 400_000, 100)).length).toBe(0);
    expect((await connection.readFrom(`${at}/absent`, 0, 100)).length).toBe(0);
    await symlink("/etc/passwd", `${at}/out/link`);
    expect(await connection.list(`${at}/out`)).toMatchObject([
      { path: "a b/data", kind: "file", sizeBytes: 300_000 },
      { path: "link", kind: "link" },
      { path: "script", kind: "file", sizeBytes: 3 },
    ]);
    expect(await connection.list(`${at}/absent`)).toEqual([]);
    await connection.rename(`${at}/out/script`, `${at}/out/a b/data2`);
    await connection.place(`${at}/out/a b/data`, `${at}/placed`, "mark");
    expect((await stat(`${at}/placed`)).ino).toBe((await stat(`${at}/out/a b/data`)).ino);
    expect((await connection.hash(`${at}/placed`)).sizeBytes).toBe(300_000);
    expect(await connection.realPath(`${at}/out/link`)).toBe("/etc/passwd");
    expect(await connection.realPath(`${at}/absent`)).toBeNull();
    await connection.remove(`${at}/out`);
    await connection.remove(`${at}/out`);
    expect(await readdir(at)).toEqual(["placed"]);
  });

  test("a stream of many pieces arrives as it was, and goes on where it was cut", async () => {
    const at = await fresh();
    const bytes = randomBytes(5_000_001);
    const pieces = async function* (from: number) {
      for (let n = from; n < bytes.length; n += 70_001) yield bytes.subarray(n, n + 70_001);
    };
    await connection.write(`${at}/file`, pieces(0), { offset: 0 });
    await connection.write(`${at}/file`, pieces(4_000_000), { offset: 4_000_000 });
    expect((await readFile(`${at}/file`)).equals(bytes)).toBe(true);
    const read: Uint8Array[] = [];
    for await (const piece of connection.read(`${at}/file`, { offset: 1 })) read.push(piece);
    expect(Buffer.concat(read).equals(bytes.subarray(1))).toBe(true);
    await expect(connection.read(`${at}/absent`, { offset: 0 })[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: "file-unreadable",
    });
  });

  test("a full disk is called so, and nothing half-written stays", async (context) => {
    const at = await fresh();
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k,mode=777", "tmpfs", at]).status === 0;
    if (!mounted) context.skip("no right to mount a small disk");
    try {
      const full = { code: "disk-full", retryable: true };
      await expect(connection.writeAtomically(`${at}/file`, randomBytes(1_000_000))).rejects.toMatchObject(full);
      expect(await readdir(at)).toEqual([]);
    } finally {
      spawnSync("umount", [at]);
    }
  });

  test("a dropped connection fails what was under way as unknown and is made again by the next call", async () => {
    const running = sh("sleep 30", 40);
    running.catch(() => undefined);
    await until("the command runs", async () => ((await sh("pgrep -u $UID -x sleep")).exitCode === 0 ? true : null));
    sshd.dropConnections();
    await expect(running).rejects.toMatchObject({ code: "site-unreachable", retryable: true });
    expect((await sh("echo again")).stdout).toBe("again\n");
    await writeFile(join(sshd.folder, "there"), "text");
    expect(new TextDecoder().decode(await connection.readFrom(join(sshd.folder, "there"), 0, 10))).toBe("text");
  });

  test("an unknown host is refused with its fingerprint and the command that pins it", async () => {
    const pins = `${await fresh()}/known_hosts`;
    const stranger = sshConnection({ ...sshd.options, knownHostsPath: pins });
    const refused = await stranger.exec(["true"], { timeoutSeconds: 10 }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "host-key-unknown", fields: { fingerprint: /^SHA256:.{43}$/ } });
    const { command } = (refused as { fields: { command: string } }).fields;
    expect((await sh(command)).exitCode).toBe(0);
    await stranger.close();
    const friend = sshConnection({ ...sshd.options, knownHostsPath: pins });
    expect((await friend.exec(["echo", "in"], { timeoutSeconds: 10 })).stdout).toBe("in\n");
    await friend.close();
  });

  test("a wrong key is refused in one sentence, and so is one that is no key", async () => {
    const at = await fresh();
    await sh(`ssh-keygen -q -t ed25519 -N '' -f ${at}/other; chmod 644 ${at}/other; echo nonsense >${at}/none`);
    for (const [identityPath, code] of [
      [`${at}/other`, "ssh-login-refused"],
      [`${at}/none`, "ssh-key-unreadable"],
      [`${at}/absent`, "ssh-key-unreadable"],
    ]) {
      const stranger = sshConnection({ ...sshd.options, identityPath: identityPath ?? null });
      await expect(stranger.exec(["true"], { timeoutSeconds: 10 })).rejects.toMatchObject({ code });
      await stranger.close();
    }
  });

  test("a host behind another is reached through it", async () => {
    const inner = sshConnection({ ...sshd.options, jumps: [sshd.options] });
    expect((await inner.exec(["bash", "-c", "echo $SSH_CONNECTION"], { timeoutSeconds: 10 })).stdout).toContain(
      "127.0.0.1",
    );
    await inner.close();
  });

  test("while the host is down calls fail at once, and work again soon after it is back", async () => {
    await using other = await anSshd();
    const lonely = sshConnection(other.options);
    const ask = () => lonely.exec(["echo", "up"], { timeoutSeconds: 5 });
    expect((await ask()).stdout).toBe("up\n");
    await other.kill();
    await until("the break is noticed", async () =>
      ask().then(
        () => null,
        () => true,
      ),
    );
    await expect(ask()).rejects.toMatchObject({ code: "site-unreachable", retryable: true });
    const begin = performance.now();
    await expect(ask()).rejects.toMatchObject({ code: "site-unreachable" });
    expect(performance.now() - begin).toBeLessThan(200);
    await other.start();
    await until("it is back", async () =>
      ask().then(
        () => true,
        () => null,
      ),
    );
    await lonely.close();
  });

  test("a host that changed its key is refused with both fingerprints", async () => {
    await using other = await anSshd();
    await other.kill();
    other.changeHostKey();
    await other.start();
    const careful = sshConnection(other.options);
    await expect(careful.exec(["true"], { timeoutSeconds: 10 })).rejects.toMatchObject({
      code: "host-key-changed",
      fields: { expected: expect.stringMatching(/^SHA256:/), fingerprint: expect.stringMatching(/^SHA256:/) },
    });
    await careful.close();
  });
});
