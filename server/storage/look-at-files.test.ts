import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { demandBelow, lookAtFiles } from "@/server/storage/look-at-files";
import { aFolder } from "@/test/fixtures/a-folder";

test("a file that became a link out of the allowed folders since it was seen is not taken", async () => {
  await using folder = await aFolder();
  const root = join(folder.path, "incoming");
  await mkdir(root);
  await writeFile(join(folder.path, "secret"), "secret");
  await writeFile(join(root, "a.nc"), "1");
  const [seen] = await lookAtFiles(join(root, "*.nc"), [root]);
  expect(await demandBelow(seen?.path ?? "", [root])).toBe(join(root, "a.nc"));
  await rm(join(root, "a.nc"));
  await symlink(join(folder.path, "secret"), join(root, "a.nc"));
  await expect(demandBelow(join(root, "a.nc"), [root])).rejects.toMatchObject({ code: "path-not-allowed" });
  expect(await lookAtFiles(join(root, "*.nc"), [root])).toEqual([]);
});
