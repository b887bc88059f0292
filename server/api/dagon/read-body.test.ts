import { expect, test } from "vitest";
import { readBody } from "@/server/api/dagon/read-body";

const post = (body: BodyInit) => {
  const init = { method: "POST", body, duplex: "half" };
  return new Request("http://localhost/create", init);
};

test("a body that never ends is read to the limit and no further", async () => {
  let pulled = 0;
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pulled += 1;
      controller.enqueue(new Uint8Array(1_000_000));
    },
    cancel: () => {
      isCancelled = true;
    },
  });
  await expect(readBody(post(body))).rejects.toMatchObject({ code: "report-invalid" });
  expect(pulled).toBeLessThan(9);
  expect(isCancelled).toBe(true);
});

test("the limit counts bytes, and a letter cut by two chunks stays whole", async () => {
  await expect(readBody(post(JSON.stringify("é".repeat(2_600_000))))).rejects.toMatchObject({ code: "report-invalid" });
  const bytes = new TextEncoder().encode('"é"');
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(bytes.slice(0, 2));
      controller.enqueue(bytes.slice(2));
      controller.close();
    },
  });
  expect(await readBody(post(body))).toBe("é");
});
