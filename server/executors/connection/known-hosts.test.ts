import { expect, test } from "vitest";
import { findPinnedKeys, fingerprint, hostName, readHostKey } from "@/server/executors/connection/known-hosts";

/** Made, hashed and printed by OpenSSH 9.2's ssh-keygen. */
const base64 = "AAAAC3NzaC1lZDI1NTE5AAAAIOxCRBVcg9WKTAfAEeALwxXZyjaYBN0r/3r19qWCaIuC";
const hashed = "|1|KmOLozbVejry/uvN9KMvKsk9dwY=|n0NJHJZjvOu7QBfnRq7pqqF8YzA=";
const printed = "SHA256:DgxUGjutlUGTABKzodWAcrgNheFbQGkamULhGUQ9yMo";
const type = "ssh-ed25519";

test.each([
  ["a plain name", `login.example.org ${type} ${base64}`, "login.example.org", 22, true],
  ["a name among others", `a,login.example.org,b ${type} ${base64} comment`, "login.example.org", 22, true],
  ["another port needs its brackets", `login.example.org ${type} ${base64}`, "login.example.org", 2222, false],
  ["brackets with the port", `[login.example.org]:2222 ${type} ${base64}`, "login.example.org", 2222, true],
  ["a hashed name", `${hashed} ${type} ${base64}`, "login.example.org", 2222, true],
  ["a hashed name of another host", `${hashed} ${type} ${base64}`, "login.example.com", 2222, false],
  ["a pattern", `*.example.org ${type} ${base64}`, "login.example.org", 22, true],
  ["a pattern's dot is a dot", `login?example.org ${type} ${base64}`, "loginXexampleYorg", 22, false],
  ["an exception", `*.example.org,!login.example.org ${type} ${base64}`, "login.example.org", 22, false],
  ["a revoked key", `@revoked login.example.org ${type} ${base64}`, "login.example.org", 22, false],
  ["a comment", `# login.example.org ${type} ${base64}`, "login.example.org", 22, false],
  ["a line cut short", `login.example.org ${type}`, "login.example.org", 22, false],
])("%s", (_, line, host, port, pins) => {
  expect(findPinnedKeys(`\n${line}\n`, host, port)).toEqual(pins ? [{ type, base64 }] : []);
});

test("a key tells its type and its fingerprint as ssh-keygen does", () => {
  const key = readHostKey(Buffer.from(base64, "base64"));
  expect(key).toEqual({ type, base64 });
  expect(fingerprint(key)).toBe(printed);
  expect(hostName("h", 22)).toBe("h");
});
