import { once } from "node:events";
import { createServer } from "node:http";
import { expect, test } from "vitest";
import { keepLength, lengthHeader } from "@/server/api/keep-length";

test("an answer without a body still tells its length", async () => {
  keepLength();
  const server = createServer((_request, response) => {
    response.setHeader(lengthHeader, ["1234"]);
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const { headers } = await fetch(`http://127.0.0.1:${port}/`, { method: "HEAD" });
  server.close();
  expect(headers.get("content-length")).toBe("1234");
  expect(headers.get(lengthHeader)).toBeNull();
});
