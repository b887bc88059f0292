import { expect, test } from "vitest";
import { isPrivateAddress } from "@/server/storage/private-address";

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.31.255.255",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "255.255.255.255",
  "::1",
  "::",
  "::ffff:127.0.0.1",
  "::ffff:a9fe:a9fe",
  "fe80::1",
  "fd00::1",
  "64:ff9b::7f00:1",
  "2002:7f00:1::",
  "no address",
])("%s is private", (address) => expect(isPrivateAddress(address)).toBe(true));

test.each(["8.8.8.8", "172.32.0.1", "193.205.1.1", "2a00:1450:4002::1", "::ffff:8.8.8.8"])("%s is public", (address) =>
  expect(isPrivateAddress(address)).toBe(false),
);
