import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openFileSource } from "@/server/storage/file-byte-source";
import { openHttpSource } from "@/server/storage/http-byte-source";
import { aFolder } from "@/test/fixtures/a-folder";

const content = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);

async function aServer(options: { ranges: boolean; etag?: () => string }) {
  const server = createServer((request, response) => {
    const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "");
    if (request.url === "/missing") return response.writeHead(404).end();
    if (range === null || !options.ranges) return response.writeHead(200).end(content);
    const [from, to] = [Number(range[1]), Math.min(Number(range[2]), content.length - 1)];
    response.setHeader("content-range", `bytes ${from}-${to}/${content.length}`);
    response.setHeader("etag", options.etag?.() ?? '"v1"');
    response.writeHead(206).end(content.subarray(from, to + 1));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  return { url: `http://127.0.0.1:${address.port}`, [Symbol.asyncDispose]: async () => void server.close() };
}

test("a file and an HTTP resource give the same bytes at any offset", async () => {
  await using folder = await aFolder();
  await using server = await aServer({ ranges: true });
  await writeFile(join(folder.path, "f"), content);
  for (const source of [await openFileSource(join(folder.path, "f")), await openHttpSource(`${server.url}/f`)]) {
    expect(source.sizeBytes).toBe(5000);
    expect(await source.read(4000, 1000)).toEqual(content.subarray(4000));
    expect(await source.read(17, 1)).toEqual(content.subarray(17, 18));
    await expect(source.read(4990, 20)).rejects.toMatchObject({ code: "file-truncated" });
    await source.close();
  }
});

test("what cannot be read says why", async () => {
  await using server = await aServer({ ranges: true });
  await using plain = await aServer({ ranges: false });
  await expect(openFileSource("/no/such/file")).rejects.toMatchObject({ code: "file-unreadable" });
  await expect(openFileSource("/")).rejects.toMatchObject({ code: "file-unreadable" });
  await expect(openHttpSource(`${server.url}/missing`)).rejects.toMatchObject({
    code: "file-unreadable",
    retryable: false,
  });
  await expect(openHttpSource(plain.url)).rejects.toMatchObject({ code: "unsupported-feature" });
});

test("a resource that changes while it is read is refused", async () => {
  let version = 1;
  await using server = await aServer({ ranges: true, etag: () => `"v${version}"` });
  const source = await openHttpSource(server.url);
  version = 2;
  await expect(source.read(0, 10)).rejects.toMatchObject({ code: "file-unreadable", retryable: true });
});
