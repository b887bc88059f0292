import { expect, test } from "vitest";
import { baseName, dirName, stemOf, suffixOf } from "@/lib/expression/posix-path";

/** What PurePosixPath of Python 3.12 says: name, parent, stem, suffix. */
test.each([
  ["", "", ".", "", ""],
  [".", "", ".", "", ""],
  ["..", "..", ".", "..", ""],
  ["/", "", "/", "", ""],
  ["//", "", "//", "", ""],
  ["///a", "a", "/", "a", ""],
  ["//a/b.nc", "b.nc", "//a", "b", ".nc"],
  ["a//b/./c/", "c", "a/b", "c", ""],
  ["./a", "a", ".", "a", ""],
  ["d.d/ends.", "ends.", "d.d", "ends.", ""],
  [".bashrc", ".bashrc", ".", ".bashrc", ""],
  [".a.b", ".a.b", ".", ".a", ".b"],
  ["x.tar.gz", "x.tar.gz", ".", "x.tar", ".gz"],
])("the parts of “%s”", (path, name, parent, stem, suffix) => {
  expect([baseName(path), dirName(path), stemOf(path), suffixOf(path)]).toEqual([name, parent, stem, suffix]);
});
