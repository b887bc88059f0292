import type { FeatureCollection, Point } from "geojson";
import type { Locale } from "@/lib/messages/messages";

/** Names on the base map: longitude, latitude, name in Italian, in English when it differs, zoom from which it shows. */
type Place = readonly [lon: number, lat: number, it: string, en: string | null, from: number];

const towns: readonly Place[] = [
  [14.2681, 40.8518, "Napoli", "Naples", 4],
  [12.4964, 41.9028, "Roma", "Rome", 3],
  [9.19, 45.4642, "Milano", "Milan", 4],
  [13.3615, 38.1157, "Palermo", null, 4],
  [16.8719, 41.1171, "Bari", null, 4.5],
  [9.1217, 39.2238, "Cagliari", null, 4.5],
  [11.2558, 43.7696, "Firenze", "Florence", 4.5],
  [7.6869, 45.0703, "Torino", "Turin", 4.5],
  [12.3155, 45.4408, "Venezia", "Venice", 4.5],
  [8.9463, 44.4056, "Genova", "Genoa", 4.5],
  [15.6506, 38.1112, "Reggio Calabria", null, 5.5],
  [14.7592, 40.6824, "Salerno", null, 6],
  [14.3326, 41.0747, "Caserta", null, 7],
  [14.776, 41.1307, "Benevento", null, 7],
  [14.7906, 40.9146, "Avellino", null, 7],
  [13.573, 41.213, "Gaeta", null, 7],
  [15.8051, 40.6395, "Potenza", null, 6],
  [14.6686, 41.5603, "Campobasso", null, 6],
  [15.5446, 41.4622, "Foggia", null, 6],
  [12.9036, 41.4676, "Latina", null, 7],
  [15.3, 40.35, "Vallo di Diano", null, 9.5],
  [13.94, 40.735, "Ischia", null, 7.5],
  [14.24, 40.55, "Capri", null, 7.5],
  [14.376, 40.627, "Sorrento", null, 7.8],
  [14.602, 40.634, "Amalfi", null, 8.5],
  [14.0207, 40.7561, "Procida", null, 9],
  [14.99, 40.35, "Agropoli", null, 7.5],
  [15.27, 40.03, "Palinuro", null, 7.5],
  [15.5406, 40.3787, "Teggiano", null, 8.5],
  [15.09, 41.15, "Ariano Irpino", null, 8.5],
  [14.426, 40.821, "Vesuvio", "Vesuvius", 9],
  [14.1206, 40.8226, "Pozzuoli", null, 9.5],
  [14.3717, 40.7856, "Torre del Greco", null, 9.5],
];

const seas: readonly Place[] = [
  [12.2, 40.1, "Mar Tirreno", "Tyrrhenian Sea", 4],
  [14.33, 40.25, "Mar Tirreno", "Tyrrhenian Sea", 8],
  [15.8, 42.9, "Mare Adriatico", "Adriatic Sea", 4],
  [18.2, 38.6, "Mar Ionio", "Ionian Sea", 4],
  [14.2, 40.7, "Golfo di Napoli", "Gulf of Naples", 7],
  [14.72, 40.48, "Golfo di Salerno", "Gulf of Salerno", 7],
  [13.68, 41.1, "Golfo di Gaeta", "Gulf of Gaeta", 8],
];

export function placeFeatures(locale: Locale): FeatureCollection<Point> {
  const features = (kind: string, places: readonly Place[]) =>
    places.map(([lon, lat, it, en, from]) => ({
      type: "Feature" as const,
      properties: { kind, from, name: locale === "it" ? it : (en ?? it) },
      geometry: { type: "Point" as const, coordinates: [lon, lat] },
    }));
  return { type: "FeatureCollection", features: [...features("sea", seas), ...features("town", towns)] };
}
