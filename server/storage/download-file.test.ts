import { readdir, readFile, symlink } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { downloadFile, forgetDownload } from "@/server/storage/download-file";
import { aFolder } from "@/test/fixtures/a-folder";

async function aServer(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  return {
    asked,
    url: `http://127.0.0.1:${address.port}/w.nc`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const options = { timeoutSeconds: 10 };

test("a file is fetched once, and again only when it changed", async () => {
  await using folder = await aFolder();
  let version = "one";
  await using server = await aServer((request, response) => {
    response.writeHead(200, { etag: `"${version}"`, "content-length": version.length });
    response.end(request.method === "HEAD" ? "" : version);
  });
  const path = join(folder.path, "met/w.nc");
  expect(await downloadFile(server.url, path, options)).toBe("fetched");
  expect(await downloadFile(server.url, path, options)).toBe("unchanged");
  expect(server.asked).toEqual(["HEAD", "GET", "HEAD"]);
  version = "other";
  expect(await downloadFile(server.url, path, options)).toBe("fetched");
  expect(await readFile(path, "utf8")).toBe("other");
  await forgetDownload(path);
  expect(await readdir(join(folder.path, "met"))).toEqual([]);
});

test("a server that knows no HEAD is asked once for each file", async () => {
  await using folder = await aFolder();
  await using server = await aServer((request, response) => {
    if (request.method === "HEAD") response.writeHead(405).end();
    else response.writeHead(200).end("data");
  });
  const path = join(folder.path, "w.nc");
  expect(await downloadFile(server.url, path, options)).toBe("fetched");
  expect(await downloadFile(server.url, path, options)).toBe("unchanged");
});

test("what is not offered yet is no failure; a failing server and a broken line are, and leave nothing", async () => {
  await using folder = await aFolder();
  await using absent = await aServer((_, response) => response.writeHead(404).end());
  await using failing = await aServer((_, response) => response.writeHead(503).end());
  await using breaking = await aServer((request, response) => {
    response.writeHead(200, { "content-length": 1000 });
    if (request.method === "HEAD") response.end();
    else response.write("only this", () => response.destroy());
  });
  const path = join(folder.path, "w.nc");
  expect(await downloadFile(absent.url, path, options)).toBe("absent");
  for (const { url } of [failing, breaking]) {
    await expect(downloadFile(url, path, options)).rejects.toMatchObject({ code: "file-unreadable", retryable: true });
  }
  expect(await readdir(folder.path)).toEqual([]);
});

test("a full disk is told as such", async () => {
  await using folder = await aFolder();
  await using server = await aServer((_, response) => response.writeHead(200).end("data"));
  const path = join(folder.path, "w.nc");
  // Every write to /dev/full finds no space.
  await symlink("/dev/full", `${path}.part`);
  await expect(downloadFile(server.url, path, options)).rejects.toMatchObject({ code: "disk-full", retryable: true });
});
