import { readFileSync, statSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeContained } from "@/server/executors/describe-contained";
import { aFolder } from "@/test/fixtures/a-folder";
import { mutate, seededRandom } from "@/test/fixtures/mutate";
import { programsPath } from "@/test/fixtures/programs-path";
import { isAbsent, reference } from "@/test/fixtures/reference";

const isLong = process.env.NEREUS_LONG === "1";
const inputs = isLong ? 20_000 : 500;
/** Larger files take longer than they teach in a short campaign. */
const maxBytes = isLong ? 4_000_000 : 150_000;
const inputsPerProcess = 50;
const processes = 2;

const absent = isAbsent("data/expected.json");

test.skipIf(absent)(
  `${inputs} damaged copies of real files each end in values or a typed error (data/expected.json)`,
  { timeout: isLong ? 4 * 3_600_000 : 240_000 },
  async () => {
    const files = realFiles();
    await using folder = await aFolder();
    const seeds = Array.from({ length: inputs }, (_, seed) => seed);
    const ended = { described: 0, refused: 0 };
    const codes = new Set<string>();
    const work = async (worker: number) => {
      for (let batch = seeds.splice(0, inputsPerProcess); batch.length > 0; batch = seeds.splice(0, inputsPerProcess)) {
        const path = join(folder.path, `worker-${worker}`);
        await mkdir(join(path, "files"), { recursive: true });
        for (const { outcome } of await describeBatch(batch, files, path)) {
          ended["error" in outcome ? "refused" : "described"] += 1;
          if ("error" in outcome) codes.add(outcome.error.code);
        }
        await rm(path, { recursive: true });
      }
    };
    await Promise.all(Array.from({ length: processes }, (_, worker) => work(worker)));
    expect(ended.described + ended.refused).toBe(inputs);
    // Damage that is never seen, or always, would mean that nothing was read.
    expect(ended.refused).toBeGreaterThan(inputs * 0.2);
    expect(ended.described).toBeGreaterThan(inputs * 0.05);
    expect([...codes].filter((code) => !expectedCodes.has(code))).toEqual([]);
  },
);

const expectedCodes = new Set([
  "file-truncated",
  "file-too-demanding",
  "format-invalid",
  "format-unknown",
  "unsupported-feature",
  "time-undefined",
  "grid-mismatch",
]);

/** A defect names the seeds of its batch, which give the same bytes again. */
async function describeBatch(seeds: readonly number[], files: readonly Uint8Array[], path: string) {
  const damaged = await Promise.all(
    seeds.map(async (seed) => {
      const file = join(path, "files", `seed-${seed}`);
      await writeFile(file, damage(seed, files));
      return { path: file, name: `seed-${seed}` };
    }),
  );
  return describeContained(damaged, { programsPath, scratch: path, statistics: true }).catch((cause: unknown) => {
    throw new Error(`A reader failed on one of the seeds ${seeds[0]} to ${seeds.at(-1)}`, { cause });
  });
}

function damage(seed: number, files: readonly Uint8Array[]): Uint8Array {
  const random = seededRandom(seed);
  const pick = () => files[Math.floor(random() * files.length)] ?? new Uint8Array();
  return mutate(pick(), pick(), random);
}

function realFiles(): Uint8Array[] {
  const expected: Record<string, { format: string }> = JSON.parse(
    readFileSync(reference("data/expected.json"), "utf8"),
  );
  const paths = Object.keys(expected).map((name) => reference(`data/${name}`));
  return paths.filter((path) => statSync(path).size <= maxBytes).map((path) => readFileSync(path));
}
