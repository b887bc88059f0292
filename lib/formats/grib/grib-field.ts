/** One field of a GRIB file: what it is, and where its packed values lie. Offsets count from the start of its message. */
export type GribField = {
  readonly edition: 1 | 2;
  /** Counted over the whole file, from 1; a message may hold several fields. */
  readonly number: number;
  readonly parameter: GribParameter;
  readonly level: { readonly kind: string; readonly value: number };
  /** ISO 8601 UTC; validity is the end of the interval for sums and means. */
  readonly referenceUtc: string;
  readonly validUtc: string;
  readonly stepHours: number;
  readonly grid: GribGrid;
  readonly packing: GribPacking;
};

export type GribParameter = { readonly shortName: string; readonly title: string; readonly units: string };

export type GribGrid = {
  /** Its kind in words, such as `latitude-longitude` or `Lambert conformal`. */
  readonly kind: string;
  /** Rows and columns; one length for grids without rows of equal length. */
  readonly shape: readonly number[];
  /** Points of each row of a reduced grid; null where all rows are alike or none are told. */
  readonly rowLengths: readonly number[] | null;
  readonly scanning: ScanningMode;
  /** First and last point in degrees, where the definition tells both. */
  readonly corners: {
    readonly lat1: number;
    readonly lon1: number;
    readonly lat2: number;
    readonly lon2: number;
  } | null;
};

export type ScanningMode = {
  readonly isWestward: boolean;
  readonly isNorthward: boolean;
  /** Neighbours along a column lie together. */
  readonly isColumnwise: boolean;
  /** Every second row runs the other way. */
  readonly isAlternating: boolean;
};

/** How the values of a field are packed. `value = (reference + packed * 2^binaryScale) / 10^decimalScale`. */
export type GribPacking = {
  readonly scaling: GribScaling;
  /** Points that have a packed value; others are missing by the bitmap. */
  readonly packedPoints: number;
  /** Points of the grid. */
  readonly points: number;
  readonly bitsPerValue: number;
  readonly method: PackingMethod;
  /** Bytes of the message that hold the bitmap; null = every point has a value. */
  readonly bitmap: ByteSpan | null;
  /** Bytes of the message that hold the packed values. */
  readonly data: ByteSpan;
};

export type GribScaling = {
  readonly reference: number;
  readonly binaryScale: number;
  readonly decimalScale: number;
};

export type ByteSpan = { readonly offset: number; readonly length: number };

export type PackingMethod =
  | { readonly name: "simple" }
  | { readonly name: "complex"; readonly groups: ComplexGroups; readonly differencing: SpatialDifferencing | null }
  /** Simple packing of ln(value + offset). */
  | { readonly name: "logarithmic"; readonly offset: number }
  | { readonly name: "second-order"; readonly layout: SecondOrderLayout }
  | { readonly name: "ieee"; readonly sizeBytes: 4 | 8 }
  | { readonly name: "jpeg2000" }
  | { readonly name: "png" }
  | { readonly name: "ccsds"; readonly flags: number; readonly blockSize: number; readonly referenceInterval: number }
  | { readonly name: "run-length"; readonly maxLevel: number; readonly levels: readonly number[] }
  | { readonly name: "unsupported"; readonly feature: string };

/** Section 5 of complex packing (templates 5.2 and 5.3). */
export type ComplexGroups = {
  /** 0 = no missing values inside the data, 1 = primary, 2 = primary and secondary ones. */
  readonly missingManagement: number;
  readonly count: number;
  readonly referenceWidth: number;
  readonly widthBits: number;
  readonly referenceLength: number;
  readonly lengthIncrement: number;
  readonly lastLength: number;
  readonly lengthBits: number;
};

export type SpatialDifferencing = { readonly order: number; readonly descriptorBytes: number };

/** Where section 4 of GRIB1's second-order packing keeps what; octets from 1, of the section. */
export type SecondOrderLayout = {
  readonly groups: number;
  readonly firstOrderBits: number;
  readonly firstOrderOctet: number;
  readonly secondOrderOctet: number;
  /** Bits of each second-order value, by group. */
  readonly widths: { readonly octet: number; readonly bits: number; readonly isOneForAll: boolean };
  /** Points of each group: listed, the rows of the grid, or marked by a bitmap. */
  readonly lengths:
    | { readonly given: "list"; readonly octet: number; readonly bits: number }
    | { readonly given: "rows" }
    | { readonly given: "bitmap"; readonly octet: number };
  /** Spatial differencing, order 1 to 3. */
  readonly spd: { readonly order: number; readonly octet: number; readonly bits: number } | null;
};
