const isWild = /[*?[\]]/;

/** True when a path of a reference or an output names more than itself. */
export const isGlob = (pattern: string): boolean => isWild.test(pattern);

/**
 * Whether a path matches a glob: `*` and `?` stay within one folder, `**` crosses folders, `[abc]` and `[!abc]` are
 * sets. Backtracks over stars only, so its time is bounded by the product of both lengths.
 * @param pattern  relative, with `/`
 * @param path     relative, with `/`
 */
export function matchesGlob(pattern: string, path: string): boolean {
  return compile(pattern).test(path);
}

/**
 * Regular expression for the paths that an input takes: a file, what is in a folder, or a glob; null for all. It means
 * the same in JavaScript and in PostgreSQL.
 */
export function pathPattern(path: string): string | null {
  if (path === "") return null;
  if (isGlob(path)) return `^${toRegExp(path)}$`;
  return path.endsWith("/") ? `^${escapeText(path)}` : `^${escapeText(path)}(/|$)`;
}

const compiled = new Map<string, RegExp>();
const mostKept = 500;

function compile(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  if (compiled.size >= mostKept) compiled.clear();
  const made = new RegExp(`^${toRegExp(pattern)}$`, "u");
  compiled.set(pattern, made);
  return made;
}

function toRegExp(pattern: string): string {
  let text = "";
  let at = 0;
  while (at < pattern.length) {
    const [piece, length] = nextPiece(pattern, at);
    text += piece;
    at += length;
  }
  return text;
}

/** The regular expression of what stands at `at`, and how many characters of the glob it takes. */
function nextPiece(pattern: string, at: number): readonly [string, number] {
  const rest = pattern.slice(at);
  if (rest.startsWith("**/")) return ["(?:[^/]+/)*", 3];
  const stars = /^\*+/.exec(rest)?.[0].length ?? 0;
  if (stars > 1) return [".*", stars];
  if (stars === 1) return ["[^/]*", 1];
  if (rest.startsWith("?")) return ["[^/]", 1];
  const set = /^\[(!?)([^\]/]+)\]/.exec(rest);
  if (set) return [`[${set[1] ? "^/" : ""}${escapeSet(set[2] ?? "")}]`, set[0].length];
  const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  return [escapeText(character), character.length];
}

const escapeSet = (characters: string): string => characters.replace(/[\\\]^[]/gu, "\\$&");

const escapeText = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&");
