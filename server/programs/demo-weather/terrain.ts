import type { Place } from "@/server/programs/demo-weather/place";

/** A smooth hill: height above the sea, centre, half-widths along and across its axis, axis clockwise from north. */
type Hill = {
  readonly heightM: number;
  readonly lat: number;
  readonly lon: number;
  readonly alongKm: number;
  readonly acrossKm: number;
  readonly axisDegrees: number;
};

/** The relief of Campania as a sum of Gaussians with summit heights as on maps; a likeness, no elevation model. */
const hills: readonly Hill[] = [
  // Vesuvius, wider than it is so that cells of 2.5 km carry it.
  { heightM: 1050, lat: 40.821, lon: 14.426, alongKm: 4.5, acrossKm: 4.5, axisDegrees: 0 },
  // Roccamonfina
  { heightM: 800, lat: 41.29, lon: 13.97, alongKm: 6, acrossKm: 6, axisDegrees: 0 },
  // Aurunci
  { heightM: 1100, lat: 41.33, lon: 13.65, alongKm: 14, acrossKm: 7, axisDegrees: 300 },
  // Matese
  { heightM: 1500, lat: 41.45, lon: 14.37, alongKm: 20, acrossKm: 8, axisDegrees: 305 },
  // Taburno and Partenio
  { heightM: 1050, lat: 41.03, lon: 14.65, alongKm: 13, acrossKm: 7, axisDegrees: 320 },
  // Lattari
  { heightM: 1000, lat: 40.65, lon: 14.5, alongKm: 13, acrossKm: 5, axisDegrees: 255 },
  // Picentini
  { heightM: 1350, lat: 40.83, lon: 14.98, alongKm: 16, acrossKm: 9, axisDegrees: 280 },
  // Marzano and the Apennine ridge to the east
  { heightM: 1050, lat: 40.8, lon: 15.35, alongKm: 18, acrossKm: 9, axisDegrees: 310 },
  // Alburni and Cervati
  { heightM: 1350, lat: 40.4, lon: 15.38, alongKm: 26, acrossKm: 10, axisDegrees: 325 },
  // Sannio and Daunia
  { heightM: 750, lat: 41.35, lon: 15.1, alongKm: 35, acrossKm: 14, axisDegrees: 325 },
  // Lucania
  { heightM: 1100, lat: 40.45, lon: 15.85, alongKm: 30, acrossKm: 13, axisDegrees: 335 },
];

/** Over this distance the land rises from the sea, so that no cliff stands at the coast. */
const coastalRampM = 7_000;

/**
 * Height of the ground above the sea, m, one per place; 0 at sea.
 * @param coastDistanceM  distance from the coast, positive on land
 */
export function terrainHeights(places: readonly Place[], coastDistanceM: Float32Array): Float32Array {
  return Float32Array.from(places, (place, cell) => {
    const ramp = Math.min(1, Math.max(0, (coastDistanceM[cell] ?? 0) / coastalRampM));
    return ramp * hills.reduce((sum, hill) => sum + heightOf(hill, place), 0);
  });
}

function heightOf(hill: Hill, { lat, lon }: Place): number {
  const northKm = (lat - hill.lat) * 111.2;
  const eastKm = (lon - hill.lon) * 111.2 * Math.cos((hill.lat * Math.PI) / 180);
  const axis = (hill.axisDegrees * Math.PI) / 180;
  const along = northKm * Math.cos(axis) + eastKm * Math.sin(axis);
  const across = northKm * Math.sin(axis) - eastKm * Math.cos(axis);
  return hill.heightM * Math.exp(-0.5 * ((along / hill.alongKm) ** 2 + (across / hill.acrossKm) ** 2));
}
