import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "@/test/fixtures/database";
import { runCli } from "@/test/fixtures/run-cli";

let home = "";
let database: TestDatabase;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "nereus-cli-"));
  database = await freshDatabase();
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  rmSync(home, { recursive: true });
});

const nereus = (...args: string[]) => runCli(args, { NEREUS_HOME: home, DATABASE_URL: database.url });

test.each([
  ["an unknown command", ["fly"], "There is no command “fly”"],
  ["an unknown option", ["runs", "--colour"], "--colour"],
  ["an option without its value", ["cancel", "r1", "--reason"], "--reason"],
  ["a missing argument", ["show"], "show needs <run>"],
  ["a missing reason", ["cancel", "r1"], "cancel needs --reason"],
  ["an unknown state", ["runs", "--state", "asleep"], "--state"],
  ["an unknown language", ["runs", "--lang", "de"], "There is no language “de”"],
])("%s is wrong usage: exit code 2 and one line", async (_name, args, sentence) => {
  const { code, stdout, stderr } = await nereus(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr.trim()).toContain(sentence);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

test("with --json an error stands on stdout as code and sentence", async () => {
  const { code, stdout, stderr } = await nereus("show", "r-absent", "--json");
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({ error: { code: "run-unknown", message: stderr.trim() } });
});

test("errors speak the language that is asked for", async () => {
  const { stderr } = await nereus("show", "r-absent", "--lang", "it");
  expect(stderr).toContain("r-absent");
  expect(stderr).not.toContain("There is no run");
});

test("an empty installation lists no run and no schedule", async () => {
  expect((await nereus("runs", "--json")).stdout).toBe("[]\n");
  expect((await nereus("schedule", "list", "--json")).stdout).toBe("[]\n");
});

test("help lists every command", async () => {
  const { code, stdout } = await nereus("help");
  expect(code).toBe(0);
  for (const name of ["run", "runs", "show", "cancel", "schedule", "doctor"])
    expect(stdout).toMatch(new RegExp(`^  ${name} ?`, "m"));
});

test("the doctor looks at everything and finds the database", async () => {
  const { stdout } = await nereus("doctor", "--json");
  const { checks }: { checks: { id: string; ok: boolean; message: string }[] } = JSON.parse(stdout);
  expect(checks).toContainEqual({ id: "database", ok: true, message: expect.stringContaining("DATABASE_URL") });
  expect(checks.map(({ id }) => id)).toEqual(
    expect.arrayContaining(["node", "config", "disk", "programs", "folder-store"]),
  );
});

test("a start on a taken port is refused with the port, before anything runs", async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  const address = other.address();
  const port = typeof address === "object" && address !== null ? String(address.port) : "";
  const { code, stdout, stderr } = await runCli(["start"], {
    NEREUS_HOME: home,
    DATABASE_URL: database.url,
    NEREUS_PORT: port,
  });
  other.close();
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr.trim()).toBe(`Port ${port} is in use by another program. Stop it or choose another with NEREUS_PORT.`);
});

test("a start in a home that cannot be written is refused with the folder", async () => {
  const path = join(home, "occupied");
  writeFileSync(path, "");
  const { code, stderr } = await runCli(["start"], { NEREUS_HOME: path, DATABASE_URL: database.url });
  expect(code).toBe(1);
  expect(stderr).toContain(`The folder ${path} cannot be written`);
});

test("a DATABASE_URL where nobody answers is refused without its password", async () => {
  const url = "postgres://nereus:secret@127.0.0.1:1/nereus";
  const { code, stderr } = await runCli(["runs"], { NEREUS_HOME: home, DATABASE_URL: url });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^No PostgreSQL answers at 127\.0\.0\.1:1\/nereus/);
  expect(stderr).not.toContain("secret");
});

test("a port that is no number is refused with its key", async () => {
  const { code, stderr } = await runCli(["start"], { NEREUS_HOME: home, NEREUS_PORT: "http" });
  expect({ code, stderr: stderr.trim() }).toEqual({
    code: 1,
    stderr: "environment, NEREUS_PORT: “http” is not a port; expected a whole number from 1 to 65535",
  });
});
