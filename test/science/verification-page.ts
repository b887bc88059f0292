import type { AnsweredCase, ScienceCheck } from "@/test/science/answer-cases";

/** The page that tells what the model was checked against: written by the command, never by hand. */
export function verificationPage(answered: readonly AnsweredCase[]): string {
  const rows = answered.flatMap(({ kind, id, checks, result }) => {
    const worst = checks
      .map((check) => ({ check, share: shareUsed(check, result) }))
      .sort((a, b) => b.share - a.share)[0];
    if (worst === undefined) return [];
    const { check, share } = worst;
    const got = valueAt(result, check.path);
    const cells = [kind, id, checks.length, `\`${check.path}\``, show(check.expect), show(got), toleranceOf(check)];
    return [`| ${cells.join(" | ")} | ${Number.isFinite(share) ? `${Math.round(100 * share)} %` : "failed"} |`];
  });
  return `${head}\n${rows.join("\n")}\n${notes}`;
}

const head = `# What the transport model was checked against

Written by \`npm run -s science -- <folder> --docs\` over the cases of the science reference: closed forms, quadrature, finite
volumes, double-precision integration and other programs. One row per case with the check that came nearest to its
tolerance (“used” is the part of the tolerance that it took). \`npm test\` runs the quick kinds again, and beside them:
the well-mixed layers of a Hanna profile, ledger, reversibility, thread count, sorting and restart.

| kind | case | checks | nearest check | expected | got | tolerance | used |
|---|---|---|---|---|---|---|---|`;

const notes = `
## Notes
1. FLEXPART writes the cube roots of Hanna's forms as powers of 0.33333; the reference follows it, we take the cube root.
   In the neutral case FLEXPART's d(sigma_w)/dz lacks the factor 1/u*; the model uses the true derivative, the row shows
   FLEXPART's. With the printed one the well-mixed layer drifts (about a third over 1 km at u* 0.4 m/s).
2. Below the lowest mass level the model uses the logarithmic law through the 10 m wind where the reference holds the
   lowest value. The reference finds 0.3 m between the two after 6 h.
3. The counting error counts particles: all samples of a particle in a cell within an hour are one. Counting samples
   would understate the error of a slow plume by up to sqrt(60).
4. The step of the walk in a column is Milstein's with a second deviate, exact where K is linear; mirrored in sqrt(K) at
   the walls.
5. The model has no mesoscale velocity spread and no skewed convective turbulence; washout acts below 3 km because the
   frames carry no cloud base.
`;

/** Part of a check's tolerance that a result takes; infinite when it fails or cannot be compared. */
function shareUsed(check: ScienceCheck, result: unknown): number {
  const got = valueAt(result, check.path);
  const allowed = (expect: number) =>
    (check.abs ?? 0) + (check.rel ?? 0) * Math.abs(expect) + (check.sigma ? check.sigma.k * check.sigma.se : 0);
  const share = (difference: number, limit: number) => (difference === 0 ? 0 : difference / limit);
  if (check.metric === "euclid" || check.metric === "rms" || check.metric === "latlon_m" || check.op) return 0;
  if (check.metric === "balance" && Array.isArray(got)) {
    const [first = 0, ...rest] = got.map(Number);
    return share(
      Math.abs(first - rest.reduce((sum, one) => sum + one, 0)) / Math.max(Math.abs(first), 1e-300),
      allowed(0),
    );
  }
  if (check.metric === "identical") return Array.isArray(got) ? 0 : Number.POSITIVE_INFINITY;
  if (typeof check.expect === "number" && typeof got === "number")
    return share(Math.abs(got - check.expect), allowed(check.expect));
  if (Array.isArray(check.expect) && Array.isArray(got)) {
    const shares = check.expect.map((one, at) => share(Math.abs(Number(got[at]) - Number(one)), allowed(Number(one))));
    return Math.max(0, ...shares);
  }
  return got === check.expect ? 0 : Number.POSITIVE_INFINITY;
}

function valueAt(result: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => new Map<string, unknown>(Object.entries(Object(value))).get(key), result);
}

function toleranceOf(check: ScienceCheck): string {
  if (check.op) return check.op;
  const parts = [check.metric, check.abs && `${show(check.abs)}`, check.rel && `${show(100 * check.rel)} %`];
  if (check.sigma) parts.push(`${check.sigma.k} x ${show(check.sigma.se)}`);
  return parts.filter(Boolean).join(" + ") || "equal";
}

function show(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(7)));
  if (Array.isArray(value)) return value.length > 3 ? `${value.length} values` : `[${value.map(show).join(", ")}]`;
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
