import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { quoteForShell, renderCommand } from "@/lib/dag/render-command";

const paths: Record<string, readonly string[]> = {
  "workflow:///A/f": ["/s/in/it's here"],
  "workflow:///AB/f": ["/s/in/ab"],
  "workflow:///A/*.nc": ["/s/in/1.nc", "/s/in/2.nc"],
};
const words = (command: string): string[] =>
  execFileSync("bash", ["-c", `printf '%s\\n' ${renderCommand(command, (text) => paths[text] ?? [])}`], {
    encoding: "utf8",
  })
    .trimEnd()
    .split("\n");

test.each([
  ["workflow:///A/f", ["/s/in/it's here"]],
  ["'workflow:///A/f'", ["/s/in/it's here"]],
  ['"x workflow:///A/f"', ["x /s/in/it's here"]],
  ["workflow:///AB/f workflow:///A/f", ["/s/in/ab", "/s/in/it's here"]],
  ["workflow:///A/*.nc", ["/s/in/1.nc", "/s/in/2.nc"]],
])("%s reaches the shell as %j", (command, expected) => {
  expect(words(command)).toEqual(expected);
});

test("a quoted word is one word for the shell", () => {
  expect(quoteForShell("a'b")).toBe(`'a'\\''b'`);
});
