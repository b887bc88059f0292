import { expect, test } from "vitest";
import { cliMessages } from "@/lib/messages/cli-messages";
import { messages } from "@/lib/messages/messages";

/** Every sentence of a dictionary by its path, with the names of its placeholders (not the words of plural forms). */
function placeholders(dictionary: object, at = ""): [string, string[]][] {
  return Object.entries(dictionary).flatMap(([key, value]): [string, string[]][] => {
    const path = at === "" ? key : `${at}.${key}`;
    if (typeof value === "object" && value !== null) return placeholders(value, path);
    return [[path, [...new Set(String(value).match(/\{\w+(?=[,}])/g) ?? [])].sort()]];
  });
}

test.each([
  ["portal", messages],
  ["command line", cliMessages],
])("both languages of the %s fill the same places", (_name, { en, it }) => {
  expect(Object.fromEntries(placeholders(it))).toEqual(Object.fromEntries(placeholders(en)));
});
