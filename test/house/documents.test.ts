import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
  .split("\n")
  .filter((path) => path !== "" && existsSync(path));
const documents = files.filter((path) => path.endsWith(".md"));
/** First folders of a path of this checkout; other code words are no paths. */
const FOLDERS = "app|server|pipelines|lib|drizzle|public|test|docs|tools|.ci";

test.each(documents)("%s cites only paths that exist", (document) => {
  const text = readFileSync(document, "utf8");
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map(([, path]) =>
    join(dirname(document), path ?? ""),
  );
  const code = [...text.matchAll(new RegExp(`\`((?:${FOLDERS})/[\\w./()\\[\\]-]+)\``, "g"))].map(
    ([, path]) => path ?? "",
  );
  const absent = [...links, ...code].filter((path) => !existsSync(path));
  expect(absent).toEqual([]);
});

test("the documents that a newcomer looks for are there", () => {
  expect(documents).toEqual(expect.arrayContaining(["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]));
});
