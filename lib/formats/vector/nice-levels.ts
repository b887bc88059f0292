/**
 * About ten round values inside a range: steps of 1, 2 or 5 times a power of ten.
 * @returns ascending, strictly inside; one value where the range is a single number
 */
export function niceLevels(min: number, max: number): readonly number[] {
  if (!(max > min)) return [min];
  const rough = (max - min) / 10;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  const first = Math.floor(min / step) + 1;
  const count = Math.ceil(max / step) - first;
  // Divided rather than multiplied where the step is a fraction: 3 / 10 is 0.3, 3 x 0.1 is not.
  const valueAt = (at: number) => (step < 1 ? (first + at) / Math.round(1 / step) : (first + at) * step);
  return Array.from({ length: Math.max(0, count) }, (_, at) => valueAt(at));
}
