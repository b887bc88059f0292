import { expect, test } from "vitest";
import { readUnpacked } from "@/lib/formats/packing";
import { openDataset } from "@/server/formats/open-dataset";
import { isAbsent, reference } from "@/test/fixtures/reference";

const compressed: [string, string][] = [
  ["data/odd-files/hdf5/jhdf_test_compressed_chunked_datasets_earliest.hdf5", "int/int32lzf"],
  ["data/odd-files/hdf5/jhdf_bitshuffle_datasets.hdf5", "float64_bs1024_comp2"],
  ["data/odd-files/hdf5/jhdf_lz4_datasets.hdf5", "int16_bs64"],
];

for (const [file, name] of compressed)
  test.skipIf(isAbsent(file))(`${name} of ${file} is read with a filter that the library lacks`, async () => {
    const dataset = await openDataset(reference(file));
    const values = await readUnpacked(dataset, name);
    expect([...values]).toEqual(Array.from(values, (_, i) => i));
    await dataset.close();
  });
