import { expect, test } from "vitest";
import { quoteForShell, renderCommand } from "@/lib/dag/render-command";

const paths: Record<string, readonly string[]> = {
  "workflow:///A/f": ["/s/in/it's here"],
  "workflow:///AB/f": ["/s/in/ab"],
  "workflow:///A/*.nc": ["/s/in/1.nc", "/s/in/2.nc"],
};
const render = (command: string) => renderCommand(command, (text) => paths[text] ?? []);

test.each([
  ["cat workflow:///A/f", `cat '/s/in/it'\\''s here'`],
  ["cat 'workflow:///AB/f'", "cat '''/s/in/ab'''"],
  [`cat "x workflow:///AB/f"`, `cat "x "'/s/in/ab'""`],
  ["cat workflow:///AB/f>o; cat workflow:///A/*.nc", "cat '/s/in/ab'>o; cat '/s/in/1.nc' '/s/in/2.nc'"],
  ["echo plain", "echo plain"],
])("%s becomes %s", (command, expected) => {
  expect(render(command)).toBe(expected);
});

test("a quoted word is one word for the shell", () => {
  expect(quoteForShell("a'b")).toBe(`'a'\\''b'`);
});
