import { readFileSync } from "node:fs";
import { readUnpacked } from "@/lib/formats/packing";
import { type WacommField, type WacommParticle, wacommHour } from "@/lib/transport/wacomm-scheme";
import { openDataset } from "@/server/formats/open-dataset";
import type { Answer } from "@/test/science/answer";
import { Given } from "@/test/science/given";

/** The scheme of WaComM++ on its own files and on a rotation by formula. */
export const wacommKinds: Readonly<Record<string, Answer>> = {
  "wacomm-parity": async (given, { casePath }) => {
    const physics = new Given(JSON.parse(readFileSync(casePath(given.text("physics")), "utf8")));
    const sources = new Given(JSON.parse(readFileSync(casePath(given.text("sources")), "utf8"))).rows("features");
    const born = sources.flatMap((source) => emitted(source.part("properties")));
    const scheme = { tau0Seconds: physics.number("tau0"), stepSeconds: given.number("dt_s") };
    let particles: WacommParticle[] = [];
    const reports: { count: number; particles: ReturnType<typeof inWords>[] }[] = [];
    for (const name of given.texts("inputs")) {
      const field = await readField(casePath(name));
      particles = [...particles, ...born].flatMap((particle) => {
        const moved = wacommHour(field, particle, scheme);
        return moved === null || moved.health < physics.number("survprob") ? [] : [moved];
      });
      reports.push({ count: particles.length, particles: particles.toSorted((a, b) => a.i - b.i).map(inWords) });
    }
    return { hours: given.numbers("hours").map((hour) => reports[hour - 1]) };
  },
  "wacomm-rotation": (given) => {
    const field = rotation(given);
    let particle: WacommParticle | null = {
      i: given.number("start_i"),
      j: given.number("start_j"),
      k: given.number("start_k"),
      ageSeconds: 0,
      health: 1,
    };
    const reports: { i: number; j: number }[] = [];
    for (let hour = 0; hour < Math.max(...given.numbers("hours")) && particle !== null; hour += 1) {
      particle = wacommHour(field, particle, { tau0Seconds: 86_400, stepSeconds: given.number("dt_s") });
      if (particle !== null) reports.push({ i: particle.i, j: particle.j });
    }
    return { hours: given.numbers("hours").map((hour) => reports[hour - 1]) };
  },
};

function emitted(source: Given): WacommParticle[] {
  const place = { i: source.number("i"), j: source.number("j"), k: source.number("k"), ageSeconds: 0, health: 1 };
  return Array.from({ length: source.number("particlesPerHour") }, () => place);
}

function inWords({ i, j, k, health, ageSeconds }: WacommParticle) {
  return { i, j, k, health, age_s: ageSeconds };
}

async function readField(path: string): Promise<WacommField> {
  const dataset = await openDataset(path);
  const read = (name: string) => readUnpacked(dataset, name);
  const [rows = 0, columns = 0] = dataset.variables.get("h")?.shape.slice(-2) ?? [];
  const planes = async (name: string) => {
    const values = await read(name);
    const size = rows * columns;
    return Array.from({ length: values.length / size }, (_, n) =>
      values.subarray(n * size, (n + 1) * size),
    ).toReversed();
  };
  const edges = [...(await read("s_w"))].toReversed();
  const field = {
    columns,
    rows,
    lat: await read("lat_rho"),
    lon: await read("lon_rho"),
    h: await read("h"),
    zeta: await read("zeta"),
    u: await planes("u"),
    v: await planes("v"),
    w: await planes("w"),
    layers: edges.slice(1).map((edge, n) => (edges[n] ?? 0) - edge),
  };
  await dataset.close();
  return field;
}

function rotation(given: Given): WacommField {
  const [rows, columns, levels] = [given.number("eta"), given.number("xi"), given.number("levels")];
  const [lat0, lon0, step] = [given.number("lat0_deg"), given.number("lon0_deg"), given.number("step_deg")];
  const scale = (given.number("W_per_s") * given.number("R_m") * Math.PI) / 180;
  const [latMean, lonMean] = [given.number("lat_mean_deg"), given.number("lon_mean_deg")];
  const plane = (value: (lat: number, lon: number) => number) =>
    Float32Array.from({ length: rows * columns }, (_, at) =>
      value(lat0 + step * Math.floor(at / columns), lon0 + step * (at % columns)),
    );
  const u = plane((lat) => -scale * (lat - latMean));
  const v = plane((_, lon) => scale * (lon - lonMean) * Math.cos((latMean * Math.PI) / 180));
  const everywhere = (value: Float32Array) => Array.from({ length: levels }, () => value);
  return {
    columns,
    rows,
    lat: plane((lat) => lat),
    lon: plane((_, lon) => lon),
    h: plane(() => given.number("h_m")),
    zeta: plane(() => given.number("zeta_m")),
    u: everywhere(u),
    v: everywhere(v),
    w: everywhere(plane(() => given.number("w_ms"))),
    layers: Array.from({ length: levels }, () => 1 / levels),
  };
}
