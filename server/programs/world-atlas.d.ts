/** Keeps the compiler from inferring a type from three megabytes of JSON. */
declare module "world-atlas/land-10m.json" {
  const land: {
    type: "Topology";
    arcs: number[][][];
    transform: { scale: [number, number]; translate: [number, number] };
    objects: {
      land: { type: "GeometryCollection"; geometries: { type: "MultiPolygon"; arcs: number[][][] }[] };
    };
  };
  export default land;
}
