import { expect, test } from "vitest";
import { readPointer } from "@/lib/web/json-pointer";

const document = { foo: ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "m~n": 8, none: null };

test.each([
  ["", document],
  ["/foo", ["bar", "baz"]],
  ["/foo/0", "bar"],
  ["/", 0],
  ["/a~1b", 1],
  ["/c%d", 2],
  ["/m~0n", 8],
  ["/none", null],
  ["/foo/2", undefined],
  ["/foo/-1", undefined],
  ["/none/x", undefined],
  ["/constructor", undefined],
  ["/foo/length", undefined],
])("%s", (pointer, value) => expect(readPointer(document, pointer)).toEqual(value));
