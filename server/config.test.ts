import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfigFile, resolveConfig } from "@/server/config";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "nereus-config-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function configFile(text: string): string {
  count += 1;
  const path = join(folder, `nereus-${count}.config.ts`);
  writeFileSync(path, text);
  return path;
}

test("an absent file gives the defaults, a built-in forecast included", async () => {
  const config = resolveConfig(await readConfigFile(join(folder, "absent.ts")), {});
  expect(config).toMatchObject({
    databaseUrl: null,
    host: "127.0.0.1",
    port: 3000,
    defaultMetSource: "demo-weather",
    metSources: { "demo-weather": { kind: "pipeline", pipeline: "demo-weather" } },
  });
  expect(config.storePath).toBe(join(config.homePath, "store"));
});

test("one line of TypeScript replaces the weather source", async () => {
  const path = configFile(`type Source = { kind: "folder"; path: string };
    export default { metSources: { wrf: { kind: "folder", path: "/data/wrf" } satisfies Source } };`);
  const config = resolveConfig(await readConfigFile(path), {});
  expect(config.defaultMetSource).toBe("wrf");
  expect(config.metSources).toEqual({ wrf: { kind: "folder", path: "/data/wrf" } });
});

test("the environment wins over the file", async () => {
  const file = await readConfigFile(configFile("export default { port: 4000, host: '0.0.0.0' };"));
  const env = {
    NEREUS_PORT: "5000",
    NEREUS_HOST: "127.0.0.2",
    NEREUS_HOME: "/srv/nereus",
    DATABASE_URL: "postgres://x",
  };
  expect(resolveConfig(file, env)).toMatchObject({
    port: 5000,
    host: "127.0.0.2",
    homePath: "/srv/nereus",
    databaseUrl: "postgres://x",
  });
});

describe("a mistake is named with its key", () => {
  const cases: [string, string, string][] = [
    ["an unknown key", "export default { prot: 3000 };", "the file"],
    ["a port out of range", "export default { port: 70000 };", "port"],
    [
      "a relative folder",
      "export default { metSources: { wrf: { kind: 'folder', path: 'wrf' } } };",
      "metSources.wrf.path",
    ],
    ["an unknown kind", "export default { metSources: { wrf: { kind: 'ftp' } } };", "metSources.wrf.kind"],
    [
      "an address without hours",
      "export default { metSources: { wrf: { kind: 'template', url: 'https://x/a.nc', hours: 3 } } };",
      "metSources.wrf.url",
    ],
    ["a default that is no source", "export default { defaultMetSource: 'wrf' };", "defaultMetSource"],
    ["no source at all", "export default { metSources: {} };", "metSources"],
    ["text that is no TypeScript", "export default {", "the file"],
    ["no default export", "export const port = 3000;", "the file"],
  ];
  test.each(cases)("%s", async (_name, text, key) => {
    const path = configFile(text);
    await expect(readConfigFile(path)).rejects.toMatchObject({ code: "config-invalid", fields: { file: path, key } });
  });

  test("a port in the environment that is no number", async () => {
    const file = await readConfigFile(join(folder, "absent.ts"));
    expect(() => resolveConfig(file, { NEREUS_PORT: "http" })).toThrow("NEREUS_PORT");
  });
});
