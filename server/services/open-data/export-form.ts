/** What a part of a product is made into. Contours are of one variable at one time. */
export type ExportForm =
  | { readonly kind: "netcdf" | "csv" }
  | {
      readonly kind: "lines" | "polygons";
      readonly format: "geojson" | "kml";
      /** Ascending, published units; null = the classes of the map, else round values in the range of the field. */
      readonly levels: readonly number[] | null;
    };
