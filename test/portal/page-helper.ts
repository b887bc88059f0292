/** The runner of the benchmarks names functions by a helper of its own, which functions that run in a page have to find there. */
export const pageHelper = "globalThis.__name ??= (each) => each;";
