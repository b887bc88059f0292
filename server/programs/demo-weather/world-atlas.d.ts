declare module "world-atlas/land-10m.json" {
  import type { GeometryCollection, Topology } from "topojson-specification";

  const land: Topology<{ land: GeometryCollection }>;
  export default land;
}
