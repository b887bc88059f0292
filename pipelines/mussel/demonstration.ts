/**
 * Sources and farms that do not exist, in the Gulf of Naples, so that a laptop can show a run. Their places were chosen for
 * the map, not taken from any register.
 */
export const demonstrationOutfalls = {
  type: "FeatureCollection",
  features: [
    source("West outfall (invented)", [14.03, 40.79], { effluent: "secondary", flowM3s: 1.2, depth: 12 }),
    source("Harbour overflow (invented)", [14.27, 40.8], {
      effluent: "secondary",
      flowM3s: 0.4,
      depth: 3,
      overflow: { thresholdMmPerHour: 3, m3sPerMmPerHour: 0.3, concentration: 2.5e6 },
    }),
    source("East treatment plant (invented)", [14.33, 40.76], {
      effluent: "primary",
      flowM3s: 1.5,
      depth: 15,
      dayCycle: [
        0.6, 0.5, 0.5, 0.5, 0.6, 0.9, 1.3, 1.5, 1.4, 1.2, 1.1, 1.1, 1.2, 1.2, 1.1, 1, 1, 1.1, 1.3, 1.3, 1.2, 1, 0.8,
        0.6,
      ],
    }),
    source("River mouth (invented)", [14.43, 40.72], {
      effluent: "river",
      flowM3s: 12,
      concentration: 2e4,
      depth: 1,
      overflow: { thresholdMmPerHour: 1, m3sPerMmPerHour: 3, concentration: 1e5 },
    }),
  ],
} as const;

export const demonstrationFarms = {
  type: "FeatureCollection",
  features: [
    farm("Cape farm (invented)", [14.08, 40.775], 0.02),
    farm("Bay farm (invented)", [14.2, 40.79], 0.018),
    farm("Gulf farm (invented)", [14.36, 40.73], 0.02),
    farm("Peninsula farm (invented)", [14.4, 40.68], 0.02),
  ],
} as const;

function source(name: string, coordinates: readonly [number, number], properties: Readonly<Record<string, unknown>>) {
  return {
    type: "Feature",
    geometry: { type: "Point", coordinates: [...coordinates] },
    properties: { name, ...properties },
  };
}

/** A square of so many degrees. */
function farm(name: string, [lon, lat]: readonly [number, number], size: number) {
  const ring = [
    [lon, lat],
    [lon + size, lat],
    [lon + size, lat + size],
    [lon, lat + size],
    [lon, lat],
  ];
  return { type: "Feature", geometry: { type: "Polygon", coordinates: [ring] }, properties: { name, depth: 3 } };
}
