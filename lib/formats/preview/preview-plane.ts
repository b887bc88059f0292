/** One horizontal plane of a variable of any file, thinned to what a screen can show. */
export type PreviewPlane = {
  readonly variable: string;
  readonly title: string | null;
  readonly units: string | null;
  readonly nX: number;
  readonly nY: number;
  /** Every so many-th row and column was kept. */
  readonly stride: number;
  /** Extremes of the values that are shown; null where there is none. */
  readonly range: { readonly min: number; readonly max: number } | null;
  /** 16-bit little-endian integers in base64, rows as in the file: value = integer x scale + offset. */
  readonly integers: string;
  readonly packing: { readonly scale: number; readonly offset: number; readonly fill: number };
  readonly places: PreviewPlaces | null;
};

/** Where the cells are, degrees: along the two axes, or for every cell. */
export type PreviewPlaces =
  | { readonly kind: "axes"; readonly lon: readonly number[]; readonly lat: readonly number[] }
  | { readonly kind: "plane"; readonly lon: readonly number[]; readonly lat: readonly number[] };
