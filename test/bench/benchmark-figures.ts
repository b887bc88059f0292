/** What a benchmark measured: figures by key, each key ending with its unit, and the database it ran on. */
export type BenchmarkFigures = { readonly figures: Readonly<Record<string, number>>; readonly postgres: string };
