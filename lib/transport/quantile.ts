/** Linear between ordered values (type 7 of Hyndman and Fan, 1996); NaN of none. @param share  0..1 */
export function quantile(ordered: readonly number[], share: number): number {
  const at = share * (ordered.length - 1);
  const low = ordered[Math.floor(at)] ?? Number.NaN;
  const high = ordered[Math.ceil(at)] ?? low;
  return low + (at - Math.floor(at)) * (high - low);
}
