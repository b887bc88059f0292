import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { writeNetcdf4 } from "@/server/formats/netcdf4-writer";
import { aFolder } from "@/test/fixtures/a-folder";
import { aProduct } from "@/test/fixtures/a-product";

test("equal content gives equal bytes, at whatever time it is written", async () => {
  await using folder = await aFolder();
  const description = aProduct();
  const write = async (name: string) => {
    const path = join(folder.path, name);
    await writeNetcdf4(path, description, {
      steps: [0, 1],
      read: () => Int32Array.from({ length: 20 }, (_, n) => n),
    });
    return readFileSync(path);
  };
  const first = await write("first.nc");
  const later = Date.now() + 3_600_000;
  using _clock = vi.spyOn(Date, "now").mockReturnValue(later);
  expect((await write("second.nc")).equals(first)).toBe(true);
});
