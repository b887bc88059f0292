import type { Binding } from "@/lib/pipeline/binding";
import { command, input, literal, output, program, ref, run } from "@/lib/pipeline/define-pipeline";
import type { InputDefinition, NodeDefinition } from "@/lib/pipeline/definition";
import type { EnvappProduct } from "@/pipelines/envapp-chain/products";

/** The chain over some days: 9 tasks, 6 for each day, 3, and one of ours for each product that it publishes. */
export function envappNodes(days: number): readonly NodeDefinition[] {
  const dayNumbers = Array.from({ length: days }, (_, day) => day);
  return [
    ...weatherInput(days),
    ...dayNumbers.flatMap((day) => weatherDay(day, days)),
    ...sea(days, dayNumbers),
    ...dayNumbers.flatMap((day) => seaDay(day, days)),
    ...(["wrf5", "rms3", "wcm3"] as const).map((product) => close(product, dayNumbers)),
  ];
}

type StandIn = {
  readonly days: number;
  readonly day?: number;
  readonly grid?: "airGrid" | "seaGrid";
  readonly reads?: Readonly<Record<string, string>>;
  readonly writes: readonly ReturnType<typeof output>[];
  readonly pool?: string;
};

/** @param model  that takes its place; the node has its name, with the day behind it where there is one each day */
function standIn(id: string, model: string, spec: StandIn): NodeDefinition {
  const { days, day = null, grid = "airGrid", reads = {}, writes, pool = "light" } = spec;
  const params: Record<string, Binding> = {
    ...{ model: literal(model), days: literal(days), day: literal(day), grid: input(grid) },
    ...{ start: input("start"), hoursPerDay: input("hoursPerDay"), paceSeconds: input("paceSeconds") },
  };
  const inputs: Record<string, InputDefinition> = Object.fromEntries(
    Object.entries(reads).map(([name, reference]) => [name, ref(`workflow:///${reference}`)]),
  );
  // 168 hours at the slowest pace.
  return program(id, {
    program: "stand-in",
    params,
    inputs,
    outputs: writes,
    retries: 1,
    timeoutSeconds: 700_000,
    pool,
  });
}

const asWritten = (pattern: string) => output(pattern, { commit: "on-rename" });

function weatherInput(days: number): readonly NodeDefinition[] {
  const simple = (id: string, reads: Readonly<Record<string, string>>, ...writes: readonly string[]) =>
    standIn(id, id, { days, reads, writes: writes.map((pattern) => output(pattern)) });
  return [
    simple("makewpsnamelist", {}, "namelist.wps"),
    simple("gfsdownloader", {}, "data/*/*/*.grib2"),
    standIn("downloadcopernicusdata", "downloadcopernicusdata", {
      ...{ days, grid: "seaGrid", writes: [output("data/myoc_d00_*.nc")] },
    }),
    simple("geogrid", { namelist: "makewpsnamelist/namelist.wps" }, "geo_em.*"),
    simple("ungrib", { grib: "gfsdownloader/data/", namelist: "makewpsnamelist/namelist.wps" }, "FILE*"),
    simple(
      "metgrid",
      { namelist: "makewpsnamelist/namelist.wps", weather: "ungrib/FILE*", land: "geogrid/geo_em.*" },
      "met_em.*",
    ),
    simple("makeinputnamelist", {}, "namelist.input"),
    simple(
      "real",
      { namelist: "makeinputnamelist/namelist.input", weather: "metgrid/met_em.*" },
      "wrfbdy*",
      "wrfinput*",
    ),
    standIn("myocean2roms", "myocean2roms", {
      ...{ days, grid: "seaGrid", reads: { ocean: "downloadcopernicusdata/data/" } },
      writes: [output("ini-d03.nc"), output("bry-d03.nc")],
    }),
  ];
}

/** A day of WRF starts from the restart of the day before; each of its hours is published as soon as it is closed. */
function weatherDay(day: number, days: number): readonly NodeDefinition[] {
  const before: Readonly<Record<string, string>> = day === 0 ? {} : { restart: `wrf_${day - 1}/wrfrst_*` };
  const boundaries = { first: "real/wrfinput*", bounds: "real/wrfbdy*" };
  return [
    standIn(`makeinputnamelist_${day}`, "makeinputnamelist", { days, day, writes: [output("namelist.input")] }),
    standIn(`wrf_${day}`, "wrf", {
      ...{ days, day, pool: "compute" },
      reads: { namelist: `makeinputnamelist_${day}/namelist.input`, ...boundaries, ...before },
      writes: [asWritten("wrfout_d0[123]_*"), output("wrfrst_*"), output("rsl.out.0000")],
    }),
    command(`saverestart_${day}`, {
      fan: "single",
      inputs: { restart: ref(`workflow:///wrf_${day}/wrfrst_*`) },
      command: 'mkdir restart && cp "$NEREUS_IN_RESTART" restart/',
      outputs: [output("restart/*")],
    }),
    publish(`publishwrfoutput_${day}`, "wrf5", ref(`workflow:///wrf_${day}/wrfout_d03_*`, { stream: true })),
  ];
}

function sea(days: number, dayNumbers: readonly number[]): readonly NodeDefinition[] {
  const weather = Object.fromEntries(dayNumbers.map((day) => [`weather_${day}`, `wrf_${day}/wrfout_d02_*`]));
  const state = { first: "myocean2roms/ini-d03.nc", bounds: "myocean2roms/bry-d03.nc", wind: "wrf2roms/wind-d03.nc" };
  return [
    standIn("wrf2roms", "wrf2roms", { days, grid: "seaGrid", reads: weather, writes: [output("wind-d03.nc")] }),
    standIn("roms", "roms", {
      ...{ days, grid: "seaGrid", reads: state, pool: "compute" },
      writes: [asWritten("output/ocean_his_*.nc")],
    }),
    standIn("wacommpp", "wacommpp", {
      ...{ days, grid: "seaGrid", reads: { ocean: "roms/output/" }, pool: "compute" },
      writes: [asWritten("output/wacomm_his_*.nc"), output("history/*.txt", { required: false })],
    }),
  ];
}

/** ROMS and WaComM++ run once for all days; which hour belongs to which day is told with each file. */
function seaDay(day: number, days: number): readonly NodeDefinition[] {
  const ofDay = (reference: string) => {
    const filter = days === 1 ? null : { rules: [{ field: "day", operator: "eq", value: day } as const] };
    return ref(`workflow:///${reference}`, { stream: true, filter });
  };
  return [
    publish(`publishromsoutput_${day}`, "rms3", ofDay("roms/output/ocean_his_*.nc")),
    publish(`publishwacommoutput_${day}`, "wcm3", ofDay("wacommpp/output/wacomm_his_*.nc")),
  ];
}

const publishers = { wrf5: "publishwrfoutput", rms3: "publishromsoutput", wcm3: "publishwacommoutput" } as const;
const headlines = { wrf5: "wind_speed", rms3: "sst", wcm3: "conc" } as const;

function publish(id: string, product: EnvappProduct, hour: InputDefinition): NodeDefinition {
  return program(id, {
    ...{ program: "publish", fan: "single", inputs: { hour }, product, retries: 2, timeoutSeconds: 600 },
    params: {
      ...{ product: input(product), runId: run("id"), generation: run("generation") },
      ...{ source: literal(product === "wrf5" ? "wrf" : "sea"), headline: literal([headlines[product]]) },
      keepHistory: literal(true),
    },
    outputs: [output("fragment.json"), output("files/map.zarr/*/*.0.0")],
  });
}

function close(product: EnvappProduct, dayNumbers: readonly number[]): NodeDefinition {
  const fragments = dayNumbers.map((day): [string, InputDefinition] => [
    day === 0 ? "fragments" : `fragments_${day}`,
    ref(`workflow:///${publishers[product]}_${day}/`),
  ]);
  return program(`close-${product}`, {
    ...{ program: "close-product", inputs: Object.fromEntries(fragments), product, retries: 2, timeoutSeconds: 1800 },
    params: { weather: literal(false) },
    outputs: [output("fragment.json")],
  });
}
