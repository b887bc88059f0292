/** Files and data sets: what a reader refuses, naming the file and the place. */
export type FormatErrors = {
  "file-unreadable": { file: string; problem: string };
  "file-truncated": { file: string; expectedBytes: number; actualBytes: number };
  "format-unknown": { file: string; startsWith: string };
  "format-invalid": { file: string; place: string; problem: string };
  "unsupported-feature": { file: string; feature: string };
  "file-too-demanding": { file: string; limit: string };
  "upload-too-large": { file: string; limitBytes: number };
  "preview-unknown": Record<string, never>;
  "raster-unplaced": { file: string; problem: string };
  "raster-incomplete": { raster: string; problem: string };
  "variable-missing": { file: string; variable: string; present: string };
  "grid-mismatch": { file: string; variable: string; got: string; want: string };
  "time-undefined": { file: string; problem: string };
  "value-out-of-range": { variable: string; value: number; lowest: number; highest: number };
};
