import { BoxSampler } from "@/lib/transport/box-sampler";
import { probabilityNotAbove } from "@/lib/transport/class-probability";
import { type ColumnLedger, ColumnPlumeRun } from "@/lib/transport/column-plume-run";
import { darkDieOffPerDay, lightAtHour, lightDieOffPerDay } from "@/lib/transport/die-off";
import { exceedance } from "@/lib/transport/exceedance";
import { washoutRate } from "@/lib/transport/met-pair";
import { formulaProfile } from "@/lib/transport/mixing-profile";
import { musselFlesh } from "@/lib/transport/mussel-uptake";
import type { Answer } from "@/test/science/answer";
import type { Given } from "@/test/science/given";
import { groundProfile, parabola } from "@/test/science/mixing-of-case";

const microgramsPerGram = 1e6;
const hundredMlPerM3 = 1e4;

/** Whole runs in a flow that is uniform in space. */
export const scenarioKinds: Readonly<Record<string, Answer>> = {
  "scenario-smoke": scenarioSmoke,
  "scenario-bacteria": scenarioBacteria,
  "mass-ledger": massLedger,
};

function scenarioSmoke(given: Given) {
  const height = given.number("mixing_height_m");
  const [x = 0, y = 0] = given.numbers("source_xy_m");
  const [lowM = 0, highM = 0] = given.numbers("release_z_m");
  const rates = given.numbers("rate_g_s");
  const law = { perSecond: given.number("wash_a"), exponent: given.number("wash_b") };
  const run = new ColumnPlumeRun({
    uMs: given.numbers("u_hourly_ms"),
    vMs: given.numbers("v_hourly_ms"),
    diffusivityM2s: given.number("Kh_m2s"),
    mixing: groundProfile(given, height),
    longestM: height / 40,
    stepSeconds: 60,
    seed: given.number("seed"),
    coast: "none",
    sources: [
      {
        x,
        y,
        sigmaM: given.number("source_sigma_m"),
        heights: { kind: "between", lowM, highM },
        ratesPerSecond: rates,
        particles: given.number("n_particles"),
      },
    ],
    sinks: {
      deposition: { velocityMs: given.number("vd_ms"), layerM: 5 },
      washout: given.numbers("rain_mm_h").map((rain) => washoutRate(rain, law)),
    },
  });
  const [layerLow = 0, layerHigh = 0] = given.numbers("layer_m");
  const box = { sideM: given.number("box_m"), lowM: layerLow, highM: layerHigh };
  const sampler = new BoxSampler(pairsOf(given, "receptors"), box);
  const hours = runHours(run, given, [sampler]).map(([means = []]) => means.map((value) => value * microgramsPerGram));
  const { emitted, active } = run.ledger();
  return {
    concentration_ug_m3: hours,
    receptors: receptorsOf(hours, given),
    emitted_g: rates.reduce((sum, rate) => sum + rate, 0) * 3600,
    airborne_fraction_12h: active / emitted,
  };
}

function scenarioBacteria(given: Given) {
  const height = given.number("depth_m");
  const sources = given.rows("sources");
  const run = new ColumnPlumeRun({
    uMs: given.numbers("u_hourly_ms"),
    vMs: [0],
    diffusivityM2s: given.number("Kh_m2s"),
    mixing: parabola(given, height),
    longestM: height / 40,
    stepSeconds: 60,
    seed: given.number("seed"),
    coast: "reflect",
    sources: sources.map((source) => ({
      x: source.number("x"),
      y: source.number("y"),
      sigmaM: source.number("sigma_m"),
      heights: { kind: "normal", centreM: height - source.number("depth_m"), sigmaM: source.number("sigma_z_m") },
      ratesPerSecond: source.numbers("load_CFU_s"),
      particles: given.number("n_particles"),
    })),
    sinks: { decay: dieOffOf(given, height) },
  });
  const receptorBox = { sideM: given.number("box_m"), lowM: height - given.number("layer_m"), highM: height + 1e-9 };
  const farmBox = {
    sideM: given.number("farm_box_m"),
    lowM: height - given.number("farm_layer_m"),
    highM: height + 1e-9,
  };
  const samplers = [
    new BoxSampler(pairsOf(given, "receptors"), receptorBox),
    new BoxSampler(pairsOf(given, "farms"), farmBox),
  ];
  const means = runHours(run, given, samplers);
  const inWater = (values: readonly number[]) => values.map((value) => value / hundredMlPerM3);
  const hours = means.map(([receptors = []]) => inWater(receptors));
  const farms = means.map(([, farm = []]) => inWater(farm));
  return {
    concentration_CFU_100ml: hours,
    receptors: receptorsOf(hours, given),
    farms: given.points("farms").map((_, farm) =>
      farmOf(
        given,
        farms.map((hour) => hour[farm] ?? 0),
      ),
    ),
    ...sourceSums(run, sources),
  };
}

/** Die-off with the light at the particle's depth, 1/s; the light is worked out once per time. */
function dieOffOf(given: Given, heightM: number): (z: number, seconds: number) => number {
  const dark = darkDieOffPerDay({ temperatureC: given.number("T_C"), percentSeaWater: given.number("percent_sea") });
  const extinction = given.number("Ke_per_m");
  const day = {
    peak: given.number("Imax_ly_h"),
    sunriseHour: given.number("sunrise_h"),
    sunsetHour: given.number("sunset_h"),
  };
  const startHour = given.number("start_hour");
  let [known, light] = [Number.NaN, 0];
  return (z, seconds) => {
    if (seconds !== known) {
      known = seconds;
      light = lightAtHour(day, startHour + seconds / 3600);
    }
    const rate = light > 0 ? dark + lightDieOffPerDay(light, extinction, heightM - z) : dark;
    return rate / 86_400;
  };
}

/** Runs hour by hour; per hour the means of each sampler. */
function runHours(run: ColumnPlumeRun, given: Given, samplers: readonly BoxSampler[]): number[][][] {
  return Array.from({ length: given.number("hours") }, () => {
    for (let minute = 0; minute < 60; minute += 1) {
      run.step();
      for (const sampler of samplers) sampler.sample(run);
    }
    return samplers.map((sampler) => sampler.takeMeans());
  });
}

function receptorsOf(hours: readonly (readonly number[])[], given: Given) {
  return given.points("receptors").map((_, receptor) => {
    const series = hours.map((hour) => hour[receptor] ?? 0);
    const max = Math.max(...series);
    const above = given.numbers("thresholds").map((threshold) => exceedance(series, threshold));
    return {
      max,
      hour_of_max: series.indexOf(max) + 1,
      exceedance: above.map(({ firstHour, hours: count }) => ({ first_hour: firstHour, hours: count })),
    };
  });
}

function farmOf(given: Given, water: readonly number[]) {
  const depuration = given.number("kd_per_h");
  const model = (uptakePerHour: number) => {
    const start = given.number("C0_MPN_per_100g");
    const concentrationRatioMlPerG = given.number("CR_ml_per_g");
    const flesh = musselFlesh({ concentrationRatioMlPerG, uptakePerHour, depurationPerHour: depuration }, water, start);
    const max = Math.max(...flesh);
    const classes = (median: number) =>
      given.numbers("limits_MPN_per_100g").map((limit) => probabilityNotAbove(limit, median, given.number("sd_log10")));
    return {
      C_MPN_per_100g: flesh,
      max_MPN_per_100g: max,
      class_probability_at_12h: classes(flesh.at(-1) ?? 0),
      class_probability_at_max: classes(max),
    };
  };
  return { Cw_CFU_100ml: water, one_rate: model(depuration), two_rate: model(given.number("ku_two_rate_per_h")) };
}

function sourceSums(run: ColumnPlumeRun, sources: readonly Given[]) {
  const emitted = sources.map((source) => source.numbers("load_CFU_s").reduce((sum, load) => sum + load, 0) * 3600);
  const alive = sources.map(() => 0);
  for (const [p, amount] of run.amount.entries()) {
    const source = run.source[p] ?? 0;
    alive[source] = (alive[source] ?? 0) + amount;
  }
  return {
    surviving_fraction_12h_by_source: alive.map((sum, source) => sum / (emitted[source] ?? 1)),
    emitted_CFU: emitted,
  };
}

function massLedger(given: Given) {
  const [xMin = 0, xMax = 0] = given.numbers("domain_x_m");
  const [, yMax = 0] = given.numbers("domain_y_m");
  const [x = 0, y = 0] = given.numbers("source_xy_m");
  const height = given.number("mixing_height_m");
  const diffusivity = given.number("Kz_m2s");
  const release = given.number("release_z_m");
  const decay = given.number("decay_per_s");
  const run = new ColumnPlumeRun({
    uMs: [given.number("u_ms")],
    vMs: [given.number("v_ms")],
    diffusivityM2s: given.number("Kh_m2s"),
    mixing: formulaProfile(
      height,
      () => diffusivity,
      () => 0,
    ),
    longestM: height / 20,
    stepSeconds: given.number("dt_s"),
    seed: given.number("seed"),
    coast: "strand",
    open: { xMin, xMax, yMax },
    sources: [
      {
        x,
        y,
        sigmaM: 0,
        heights: { kind: "between", lowM: release, highM: release },
        ratesPerSecond: ratesByHour(given.number("source_rate_g_s"), given.number("emission_s")),
        particles: given.number("n"),
      },
    ],
    sinks: { deposition: { velocityMs: given.number("vd_ms"), layerM: 10 }, decay: () => decay },
  });
  const every = given.number("report_every_s");
  const ledgers: ColumnLedger[] = [];
  while (run.seconds < given.number("duration_s") - 1e-6) {
    run.step();
    if (Math.round(run.seconds) % every === 0) ledgers.push(run.ledger());
  }
  return {
    ledger: ledgers.map(({ emitted, active, decayed, deposited, washedOut, beached, left }) => [
      emitted,
      active,
      decayed,
      deposited + washedOut,
      beached,
      left,
    ]),
  };
}

function ratesByHour(rate: number, seconds: number): number[] {
  return Array.from({ length: Math.ceil(seconds / 3600) }, (_, hour) => rate * Math.min(1, seconds / 3600 - hour));
}

function pairsOf(given: Given, key: string): (readonly [number, number])[] {
  return given.points(key).map(([x = 0, y = 0]) => [x, y] as const);
}
