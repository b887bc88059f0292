import { readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  findPreviewFolder,
  keepPreviewFolder,
  makePreviewFolder,
  type PreviewFolder,
  removeOldPreviews,
} from "@/server/services/previews/preview-folder";
import { aFolder } from "@/test/fixtures/a-folder";

const actor = { kind: "host" } as const;
const hourMs = 3_600_000;

async function aPlace() {
  const folder = await aFolder();
  const place = { scratchPath: folder.path };
  const make = async (): Promise<PreviewFolder> => {
    const made = await makePreviewFolder(place, { name: "a.nc", nowMs: Date.now() });
    await writeFile(made.path, "x");
    return made;
  };
  const age = (id: string) => utimes(join(folder.path, "previews", id), new Date(0), new Date(0));
  return { folder, place, make, age, ids: () => readdir(join(folder.path, "previews")) };
}

test("what nobody can read breaks no request of others and is not found", async () => {
  const { folder, place, make } = await aPlace();
  const torn = await make();
  await writeFile(join(folder.path, "previews", torn.id, "about.json"), '{"owner":');
  const whole = await make();
  await keepPreviewFolder(place, actor, whole);
  expect(await findPreviewFolder(place, { actor, id: whole.id, nowMs: Date.now() })).toEqual(whole);
  const lost = findPreviewFolder(place, { actor, id: torn.id, nowMs: Date.now() });
  await expect(lost).rejects.toMatchObject({ code: "preview-unknown" });
  await folder[Symbol.asyncDispose]();
});

test("a file is found for an hour and then goes, one that is being written stays", async () => {
  const { folder, place, make, age, ids } = await aPlace();
  const [old, busy] = [await make(), await make()];
  await keepPreviewFolder(place, actor, old);
  const nowMs = Date.now() + hourMs + 1000;
  await expect(findPreviewFolder(place, { actor, id: old.id, nowMs })).rejects.toMatchObject({
    code: "preview-unknown",
  });
  await utimes(old.path, new Date(0), new Date(0));
  await Promise.all([age(old.id), age(busy.id)]);
  await removeOldPreviews(place, Date.now());
  expect(await ids()).toEqual([busy.id]);
  await folder[Symbol.asyncDispose]();
});

test("an account keeps four files; those that are still on their way are spared", async () => {
  const { folder, place, make, ids } = await aPlace();
  const busy = await make();
  const kept: string[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const made = await make();
    const at = new Date(Date.now() - hourMs / 2 + turn * 1000);
    await keepPreviewFolder(place, actor, made);
    await Promise.all([utimes(made.path, at, at), utimes(join(folder.path, "previews", made.id), at, at)]);
    kept.push(made.id);
  }
  expect((await ids()).sort()).toEqual([busy.id, ...kept.slice(1)].sort());
  await folder[Symbol.asyncDispose]();
});
