import { probabilityNotAbove } from "@/lib/transport/class-probability";
import {
  darkDieOffPerDay,
  lightDieOffPerDay,
  meanLightDieOffPerDay,
  ninetyPercentHours,
  survivingShare,
} from "@/lib/transport/die-off";
import { logSurvival } from "@/lib/transport/light-dose";
import { musselFlesh } from "@/lib/transport/mussel-uptake";
import type { Answer } from "@/test/science/answer";
import type { Given } from "@/test/science/given";

const secondsPerDay = 86_400;

/** Die-off of bacteria, mussels and the probabilities of their classes. */
export const bacteriaKinds: Readonly<Record<string, Answer>> = {
  "mancini-t90": (given) => ({ rows: given.rows("rows").map((row) => dieOffRow(row, given.number("W_m2_per_ly_h"))) }),
  "light-dose": (given) => {
    const dose = {
      temperatureC: given.number("T_C"),
      percentSeaWater: given.number("percent_sea_water"),
      extinctionPerM: given.number("Ke_per_m"),
      depthM: given.number("z0_m_below_surface"),
      sinkingMs: given.number("w_ms_downward"),
      light: {
        peak: given.number("Imax_ly_per_h"),
        sunriseHour: given.number("sunrise_h"),
        sunsetHour: given.number("sunset_h"),
      },
    };
    const rows = given.rows("rows").map((row) => {
      const survival = logSurvival(dose, row.number("from_h"), row.number("to_h"));
      return { log_survival: survival, surviving_fraction: Math.exp(survival) };
    });
    return { rows };
  },
  survival: (given) => {
    const tau = given.number("tau0_s");
    const perDay = secondsPerDay / tau;
    return {
      survival: given.numbers("ages_s").map((age) => survivingShare(perDay, age)),
      T90_h: ninetyPercentHours(perDay),
      dead_after_s: -tau * Math.log(given.number("death_below")),
    };
  },
  "mussel-kinetics": (given) => {
    const depuration = given.number("kd_per_h");
    const rates = {
      concentrationRatioMlPerG: given.number("CR_ml_per_g"),
      uptakePerHour: given.text("rates") === "one" ? depuration : given.number("ku_per_h"),
      depurationPerHour: depuration,
    };
    const start = given.number("C0_MPN_per_100g");
    const flesh = musselFlesh(rates, given.numbers("Cw_MPN_per_100ml_by_hour"), start);
    return {
      C_MPN_per_100g: given.numbers("report_hours").map((hour) => (hour === 0 ? start : flesh[hour - 1])),
      peak_MPN_per_100g: Math.max(start, ...flesh),
    };
  },
  "class-probability": (given) => ({
    p_not_above: given
      .numbers("medians_MPN_per_100g")
      .map((median) =>
        given
          .numbers("limits_MPN_per_100g")
          .map((limit) => probabilityNotAbove(limit, median, given.number("sd_log10"))),
      ),
  }),
};

function dieOffRow(row: Given, wattsPerLangleyHour: number) {
  const light = row.number("I_ly_per_h");
  const base = darkDieOffPerDay({
    temperatureC: row.number("T_C"),
    percentSeaWater: row.number("percent_sea_water"),
  });
  const byLight = row.has("z_m")
    ? lightDieOffPerDay(light, row.number("Ke_per_m"), row.number("z_m"))
    : meanLightDieOffPerDay(light, row.number("Ke_per_m"), row.number("H_m"));
  return {
    I_W_m2: light * wattsPerLangleyHour,
    k_base_per_d: base,
    k_light_per_d: byLight,
    k_per_d: base + byLight,
    T90_h: ninetyPercentHours(base + byLight),
    remaining_after_6h: survivingShare(base + byLight, 6 * 3600),
  };
}
