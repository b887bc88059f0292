import { once } from "node:events";
import { createServer, get } from "node:http";
import { expect, test } from "vitest";
import { believeOnlyProxies } from "@/server/api/forwarded-headers";

/** What a server sees of a request from 127.0.0.1 or 127.0.0.2 that claims to come from elsewhere. */
async function seen(localAddress: string): Promise<Record<string, unknown>> {
  const server = createServer((request, response) => response.end(JSON.stringify(request.headers)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const headers = { "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Real-IP": "203.0.113.9" };
  const request = get({ host: "127.0.0.1", port, localAddress, headers });
  const [response] = await once(request, "response");
  const text: string = (await response.toArray()).join("");
  server.close();
  return JSON.parse(text);
}

test("only a proxy that is named may say where a request came from", async () => {
  believeOnlyProxies(["127.0.0.2/32"]);
  expect(await seen("127.0.0.1")).toMatchObject({ "x-forwarded-for": "127.0.0.1" });
  expect(await seen("127.0.0.1")).not.toHaveProperty("x-forwarded-proto");
  expect(await seen("127.0.0.1")).not.toHaveProperty("x-real-ip");
  expect(await seen("127.0.0.2")).toMatchObject({
    "x-forwarded-for": "203.0.113.9, 127.0.0.2",
    "x-forwarded-proto": "https",
  });
});
