import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runContained } from "@/server/executors/run-contained";
import { aFolder } from "@/test/fixtures/a-folder";

/** Runs JavaScript text as if it were a bundled program named `probe`. */
async function probe(
  text: string,
  limits: { timeoutSeconds?: number; cpuSeconds?: number; heapMb?: number; dataMb?: number } = {},
) {
  await using folder = await aFolder();
  await writeFile(join(folder.path, "probe.mjs"), text);
  const scratch = join(folder.path, "scratch");
  return await runContained({ programsPath: folder.path, program: "probe", params: { a: 1 }, scratch, ...limits });
}

test("a program gets its job file, works in out/ and its text comes back", async () => {
  const text = await probe(`
    import { readFileSync } from "node:fs";
    const job = JSON.parse(readFileSync(process.argv[2], "utf8"));
    console.log(job.program, job.params.a, job.out === process.cwd(), Object.keys(process.env).sort().join());
  `);
  expect(text).toMatch(/^probe 1 true (_,)?HOME,LANG,PATH(,|\n)/);
});

test("a failure that the program reports arrives as that failure", async () => {
  const report = { code: "format-invalid", fields: { file: "a.nc", place: "byte 4", problem: "too many dimensions" } };
  const text = `console.error("noise"); console.error('nereus-error ${JSON.stringify(report)}'); process.exit(1)`;
  await expect(probe(text)).rejects.toMatchObject(report);
});

test.each([
  ["code nobody knows", `console.error('nereus-error {"code":"toString","fields":{}}'); process.exit(1)`],
  ["stack", `throw new Error("boom")`],
])("a %s is a failed program with the last lines it wrote", async (_, text) => {
  await expect(probe(text)).rejects.toMatchObject({
    code: "program-failed",
    fields: { program: "probe", exitCode: 1 },
  });
});

test("a program that goes on for ever is stopped with its children", async () => {
  const text = `import { spawn } from "node:child_process"; spawn("sleep", ["600"], { stdio: "inherit" }); for (;;);`;
  await expect(probe(text, { timeoutSeconds: 1 })).rejects.toMatchObject({ code: "command-timed-out" });
});

test("processor time beyond its limit ends the program before the clock does", async () => {
  await expect(probe("for (;;);", { cpuSeconds: 1, timeoutSeconds: 60 })).rejects.toMatchObject({
    code: "program-failed",
    fields: { signal: "SIGXCPU" },
  });
});

test("memory beyond the limits ends the program, in the heap or outside it", async () => {
  const heap = "const all = []; for (;;) all.push({ a: Math.random() });";
  await expect(probe(heap, { heapMb: 50 })).rejects.toMatchObject({ code: "program-failed" });
  const outside =
    "const all = []; for (let i = 0; i < 40; i++) all.push(new Uint8Array(1e8).fill(1)); console.log('got')";
  await expect(probe(outside, { dataMb: 1500 })).rejects.toMatchObject({ code: "program-failed" });
});

test("WebAssembly runs within the limits", async () => {
  const text = `
    const bytes = Uint8Array.of(0,97,115,109,1,0,0,0, 5,3,1,0,16, 7,10,1,6,109,101,109,111,114,121,2,0);
    const { instance } = await WebAssembly.instantiate(bytes);
    instance.exports.memory.grow(100);
    console.log(instance.exports.memory.buffer.byteLength);
  `;
  expect(await probe(text)).toBe(`${116 * 65536}\n`);
});
