const count = 231;
/** The gulf's open water: a box of sea in the demonstration domain, degrees. */
const box = { west: 14.1, east: 14.3, south: 40.65, north: 40.76 } as const;

/** As many outfalls as the Campania set of WaComM has, on a lattice in the gulf. */
export function benchOutfalls() {
  const columns = 21;
  return {
    type: "FeatureCollection",
    features: Array.from({ length: count }, (_, n) => ({
      type: "Feature",
      geometry: {
        type: "Point",
        coordinates: [
          box.west + ((n % columns) / (columns - 1)) * (box.east - box.west),
          box.south + (Math.trunc(n / columns) / (count / columns - 1)) * (box.north - box.south),
        ],
      },
      properties: { name: `Outfall ${n + 1}`, effluent: "secondary", flowM3s: 0.2, depth: 5 },
    })),
  };
}
