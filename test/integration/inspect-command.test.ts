import { createReadStream, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeContained } from "@/server/executors/describe-contained";
import { aFolder } from "@/test/fixtures/a-folder";
import { isAbsent, reference } from "@/test/fixtures/reference";
import { runCli } from "@/test/fixtures/run-cli";

const katrina = "data/wrf/katrina_d01_mercator_cdf2.nc";
const wind = "data/grib/simple_packing_t500.grib2";

test.skipIf(isAbsent(katrina))(`a file is told by format, times, grid and variables (${katrina})`, async () => {
  await using home = await aFolder();
  const { stdout, code } = await runCli(["inspect", reference(katrina), "--json"], { NEREUS_HOME: home.path });
  const description = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(description).toMatchObject({
    format: "NetCDF 64-bit offset (CDF-2)",
    timesUtc: ["2005-08-28T12:00:00Z", "2005-08-28T15:00:00Z", "2005-08-28T18:00:00Z", "2005-08-28T21:00:00Z"],
    grid: { projection: "Mercator", nX: 48, nY: 48 },
  });
  expect(description.variables.map(({ name }: { name: string }) => name)).toContain("U10");
});

test.skipIf(isAbsent(wind))(`an address is read by ranges, its values on request (${wind})`, async () => {
  await using home = await aFolder();
  const sizes: number[] = [];
  const server = createServer((request, response) => {
    const [, from = "0", to = "0"] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? [];
    sizes.push(Number(to) - Number(from) + 1);
    response.writeHead(206, { "content-range": `bytes ${from}-${to}/${statSync(reference(wind)).size}` });
    createReadStream(reference(wind), { start: Number(from), end: Number(to) }).pipe(response);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/t500`;
  const { stdout, code } = await runCli(["inspect", url, "--values", "--json"], { NEREUS_HOME: home.path });
  await new Promise((done) => server.close(done));
  const [field] = JSON.parse(stdout).variables;
  expect(code).toBe(0);
  expect(field.statistics.missing).toBe(0);
  expect(sizes.length).toBeGreaterThan(3);
});

test("a file that is cut is refused in one sentence, in the language asked for", async () => {
  await using folder = await aFolder();
  const path = join(folder.path, "cut.nc");
  await writeFile(path, Uint8Array.from([...Buffer.from("CDF\x01"), 0, 0, 0, 1, 0, 0, 0, 10, 0, 0, 0, 5]));
  const asked = ["inspect", path, "--lang", "it"];
  const { stdout, code } = await runCli(asked, { NEREUS_HOME: join(folder.path, "home") });
  expect(code).toBe(1);
  expect(stdout.trim()).toMatch(
    /cut\.nc è troncato: l'intestazione annuncia \d+ byte, ne ha 16\. È ancora in scrittura\?$/,
  );
});

/** A program in the place of `inspect` that describes files until one is named `bad`, which it does something to. */
async function describeWith(bad: string, fileSeconds = 10) {
  await using folder = await aFolder();
  await writeFile(
    join(folder.path, "inspect.mjs"),
    `import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
     const { params, out } = JSON.parse(readFileSync(process.argv[2], "utf8"));
     writeFileSync(out + "/described.jsonl", "");
     for (const { name } of params.describe) {
       if (name === "bad") { ${bad} }
       const line = JSON.stringify({ name, elapsedSeconds: 0, outcome: { description: { file: name } } });
       appendFileSync(out + "/described.jsonl", line + "\\n");
     }`,
  );
  const files = ["a", "bad", "b", "c"].map((name) => ({ path: name, name }));
  const limits = {
    programsPath: folder.path,
    scratch: join(folder.path, "scratch"),
    statistics: false,
    fileSeconds,
  };
  // Awaited here: the folder goes away with this scope.
  return await describeContained(files, limits);
}

test.each([
  ["never ends", "for (;;);", 1, "1 s"],
  ["takes all memory", "const all = []; for (;;) all.push(new Uint8Array(5e7).fill(1));", 20, "memory"],
])("a file that %s is refused alone: those around it are described", async (_, bad, fileSeconds, limit) => {
  const described = await describeWith(bad, fileSeconds);
  expect(described.map(({ name }) => name)).toEqual(["a", "bad", "b", "c"]);
  expect(described.filter(({ outcome }) => "error" in outcome)).toMatchObject([
    {
      name: "bad",
      outcome: { error: { code: "file-too-demanding", fields: { limit: expect.stringContaining(limit) } } },
    },
  ]);
});

test("a defect of the reader is no property of the file", async () => {
  await expect(describeWith("throw new TypeError('ours');")).rejects.toMatchObject({ code: "program-failed" });
});
