/** Kinds of levels by code table 4.5 of GRIB2; table 3 of GRIB1 uses the same numbers up to 200 for these. */
export function levelKind(code: number): string {
  return kinds.get(code) ?? `level type ${code}`;
}

const kinds: ReadonlyMap<number, string> = new Map([
  [1, "surface"],
  [2, "cloudBase"],
  [3, "cloudTop"],
  [4, "isothermZero"],
  [6, "maxWind"],
  [7, "tropopause"],
  [8, "nominalTop"],
  [10, "entireAtmosphere"],
  [100, "isobaric"],
  [101, "meanSea"],
  [102, "heightAboveSea"],
  [103, "heightAboveGround"],
  [104, "sigma"],
  [105, "hybrid"],
  [106, "depthBelowLand"],
  [107, "theta"],
  [108, "pressureFromGround"],
  [109, "potentialVorticity"],
  [111, "eta"],
  [160, "depthBelowSea"],
  [200, "entireAtmosphere"],
]);

/** The same for table 3 of GRIB1, where some numbers mean otherwise. */
export function levelKind1(code: number): string {
  return kinds1.get(code) ?? levelKind(code);
}

const kinds1: ReadonlyMap<number, string> = new Map([
  [102, "meanSea"],
  [103, "heightAboveSea"],
  [105, "heightAboveGround"],
  [106, "heightAboveGround"],
  [107, "sigma"],
  [109, "hybrid"],
  [111, "depthBelowLand"],
  [112, "depthBelowLand"],
  [113, "theta"],
]);
