import { expect, test } from "vitest";
import { storableText } from "@/lib/storable-text";

test.each([
  ["plain 🌊 text", "plain 🌊 text"],
  ["a\0b", "a\ufffdb"],
  ["half \ud83c", "half \ufffd"],
  ["\udf0a other half", "\ufffd other half"],
])("%j is kept as %j", (text, kept) => expect(storableText(text)).toBe(kept));
