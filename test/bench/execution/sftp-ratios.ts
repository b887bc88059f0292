import { createReadStream } from "node:fs";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ssh2, { type SFTPWrapper } from "ssh2";
import { sshConnection } from "@/server/executors/connection/ssh";
import type { SshOptions } from "@/server/executors/connection/ssh-options";
import { median } from "@/test/bench/median";

const SIZE_BYTES = 200 * 1024 * 1024;
const ROUNDS = 3;

/** How fast our connection writes and reads one large file beside ssh2's own transfers: 1 is as fast; medians of rounds. */
export async function sftpRatios(options: SshOptions, folder: string) {
  const place = await mkdtemp(join(tmpdir(), "nereus-sftp-"));
  const source = join(place, "source");
  await fill(source);
  const ours = sshConnection(options);
  const alone = await openAlone(options);
  const put: number[] = [];
  const get: number[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const target = join(folder, `sftp-${round}`);
      const aloneUp = await timed(() => call((done) => alone.sftp.fastPut(source, target, done)));
      const oursUp = await timed(() =>
        ours.write(target, createReadStream(source, { highWaterMark: 1 << 20 }), { offset: 0 }),
      );
      const aloneDown = await timed(() => call((done) => alone.sftp.fastGet(target, join(place, "back"), done)));
      const oursDown = await timed(() => save(ours.read(target, { offset: 0 }), join(place, "again")));
      put.push(aloneUp / oursUp);
      get.push(aloneDown / oursDown);
      await rm(target, { force: true });
    }
  } finally {
    await ours.close();
    alone.end();
    await rm(place, { recursive: true, force: true });
  }
  return { sftpPutRatio: median(put), sftpGetRatio: median(get) };
}

async function fill(path: string): Promise<void> {
  const file = await open(path, "w");
  const piece = crypto.getRandomValues(new Uint8Array(65_536));
  for (let at = 0; at < SIZE_BYTES; at += piece.length) await file.write(piece, 0, piece.length, at);
  await file.close();
}

async function save(content: AsyncIterable<Uint8Array>, path: string): Promise<void> {
  const file = await open(path, "w");
  for await (const piece of content) await file.write(piece);
  await file.close();
}

async function openAlone(options: SshOptions): Promise<{ readonly sftp: SFTPWrapper; end(): void }> {
  const client = new ssh2.Client();
  const { host, port, user: username, identityPath } = options;
  const privateKey = await readFile(identityPath ?? "");
  await new Promise<void>((resolve, reject) => {
    client.once("ready", () => resolve()).once("error", reject);
    client.connect({ host, port, username, privateKey });
  });
  const sftp = await new Promise<SFTPWrapper>((resolve, reject) =>
    client.sftp((error, opened) => (error ? reject(error) : resolve(opened))),
  );
  return { sftp, end: () => client.end() };
}

const call = (start: (done: (error?: Error | null) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
