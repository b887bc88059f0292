import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { command, expression, fieldOf, input, literal, ref, secret } from "@/lib/pipeline/define-pipeline";
import { aHost, type Host } from "@/test/fixtures/a-host";
import { aPipeline } from "@/test/fixtures/a-pipeline";

const value = "s3cret-of-the-host";
afterEach(() => vi.unstubAllEnvs());

/** Every file below the home of a host that holds a text. */
const filesWith = (host: Host, text: string): readonly string[] =>
  readdirSync(host.config.homePath, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path, "latin1").includes(text));

test("a command gets the values of its bindings as variables", async () => {
  await using host = await aHost();
  await host.startWorker();
  const wanted = { TEXT: 'a "b" $c; rm -rf x', LIST: "[0,6]", FROM: "2", NAME: "x.nc", UNSET: "unset" };
  const shown = Object.keys(wanted).map((name) => `${name}=\${${name}-unset}`);
  const { runId } = await host.request(
    aPipeline([
      command("make", { command: `echo '{"path":"x.nc","metadata":{"hour":2}}' > .manifest.jsonl; echo > x.nc` }),
      command("show", {
        inputs: { file: ref("workflow:///make/x.nc") },
        environment: {
          ...{ TEXT: literal(wanted.TEXT), LIST: literal([0, 6]), FROM: fieldOf("make", "hour") },
          ...{ NAME: expression("{make.file_name | join}"), UNSET: input("absent") },
        },
        command: `cat > all <<END\n${shown.join("\n")}\nEND`,
      }),
    ]),
  );
  const view = await host.ended(runId);
  expect(view.reason).toBeNull();
  const [path = ""] = filesWith(host, "FROM=2").filter((found) => found.endsWith("/all"));
  const said = readFileSync(path, "utf8").trim().split("\n");
  expect(said).toEqual(Object.entries(wanted).map(([name, text]) => `${name}=${text}`));
});

test("a secret reaches its command and no file, and one that the host does not give fails by name", async () => {
  vi.stubEnv("A_TEST_TOKEN", value);
  await using host = await aHost();
  Object.assign(host.config, { secrets: ["A_TEST_TOKEN"] });
  await host.startWorker();
  const use = (name: string) =>
    aPipeline([
      command("use", {
        environment: { TOKEN: secret(name) },
        command: 'printf %s "$TOKEN" | sha256sum | cut -c 1-8 > hash',
      }),
    ]);
  const good = await host.ended((await host.request(use("A_TEST_TOKEN"))).runId);
  expect([good.state, good.reason]).toEqual(["completed", null]);
  const hash = createHash("sha256").update(value).digest("hex");
  expect(filesWith(host, hash.slice(0, 8)).map((path) => basename(path))).toEqual(["hash"]);
  expect(filesWith(host, value)).toEqual([]);

  const bad = await host.ended((await host.request(use("DATABASE_URL"))).runId);
  expect([bad.state, bad.reason]).toEqual(["failed", expect.stringContaining("the secret DATABASE_URL")]);
});
