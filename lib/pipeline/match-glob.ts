/**
 * A test for paths against a glob: `*` and `?` stay within one folder, `**` crosses folders (and also matches none),
 * `[abc]` and `[!abc]` are sets, `{a,b}` are choices without nesting. Other characters stand for themselves; names
 * that begin with a dot are matched like any other. Linear in the length of the path for each `*`.
 */
export function matchGlob(pattern: string): (path: string) => boolean {
  const expression = new RegExp(`^${translate(pattern)}$`, "su");
  return (path) => expression.test(path);
}

function translate(pattern: string): string {
  let out = "";
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (pattern.startsWith("**/", i)) {
      out += "(?:[^/]+/)*";
      i += 2;
    } else if (pattern.startsWith("**", i)) {
      out += ".*";
      i += 1;
    } else if (char === "*") out += "[^/]*";
    else if (char === "?") out += "[^/]";
    else {
      const group = /^(?:\[(!?)([^\]/]+)\]|\{([^{}]*)\})/.exec(pattern.slice(i));
      out += group === null ? escapeText(char) : translateGroup(group);
      i += (group?.[0].length ?? 1) - 1;
    }
  }
  return out;
}

function translateGroup([, not, set, choices]: RegExpExecArray): string {
  if (set !== undefined) return `[${not ? "^/" : ""}${set.replace(/[\\^[\]]/g, "\\$&")}]`;
  const alternatives = (choices ?? "").split(",").map(translate);
  return `(?:${alternatives.join("|")})`;
}

const escapeText = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
