import { briggsSpread, dispersionTables } from "@/lib/transport/briggs-dispersion";
import { briggsRise, transitionalRiseM } from "@/lib/transport/briggs-rise";
import { fireSource } from "@/lib/transport/fire-source";
import { plumeWithAxialDiffusion, slenderPlume } from "@/lib/transport/gaussian-plume";
import { limitedDiffusivity, smagorinskyDiffusivity } from "@/lib/transport/horizontal-diffusivity";
import { washoutRate } from "@/lib/transport/met-pair";
import { outfallLoad } from "@/lib/transport/outfall-load";
import { sofievPlumeTopM } from "@/lib/transport/plume-rise";
import { keptByRain, keptInMixedColumn } from "@/lib/transport/removal";
import { Turbulence } from "@/lib/transport/turbulence";
import type { Answer } from "@/test/science/answer";
import type { Given } from "@/test/science/given";

/** Turbulence profiles, plumes, rise and sources: closed formulas. */
export const plumeKinds: Readonly<Record<string, Answer>> = {
  "hanna-profile": hannaProfile,
  "gaussian-plume": (given) => ({
    rows: given.points("receptors_xy_m").map(([x = 0, y = 0]) => {
      const plume = {
        sourcePerSecond: given.number("Q_per_s"),
        windMs: given.number("u_ms"),
        diffusivityM2s: given.number("K_m2s"),
        heightM: given.number("H_m"),
        x,
        y,
      };
      return { slender_per_m3: slenderPlume(plume), with_axial_diffusion_per_m3: plumeWithAxialDiffusion(plume) };
    }),
  }),
  "briggs-sigma": (given) => {
    const table = dispersionTables.find((one) => one === given.text("table"));
    if (table === undefined) throw new Error(`no table “${given.text("table")}”`);
    const rows = given.texts("classes").map((name) => given.numbers("x_m").map((x) => briggsSpread(table, name, x)));
    return {
      sigma_y_m: rows.map((row) => row.map((spread) => spread?.sigmaYM ?? null)),
      sigma_z_m: rows.map((row) => row.map((spread) => spread?.sigmaZM ?? null)),
    };
  },
  "briggs-rise": (given) => ({ rows: given.rows("rows").map((row) => riseOf(given, row)) }),
  "sofiev-height": (given) => {
    const constants = {
      alpha: given.number("alpha"),
      betaM: given.number("beta_m"),
      gamma: given.number("gamma"),
      delta: given.number("delta"),
      referenceWatts: given.number("P0_W"),
      referenceStability: given.number("N02_per_s2"),
    };
    const height = (row: Given) =>
      sofievPlumeTopM(row.number("Habl_m"), row.number("FRP_W"), row.number("N2_per_s2"), constants);
    return { Hp_m: given.rows("rows").map(height) };
  },
  smagorinsky: (given) => {
    const strain = {
      ux: given.number("ux_per_s"),
      uy: given.number("uy_per_s"),
      vx: given.number("vx_per_s"),
      vy: given.number("vy_per_s"),
    };
    const grid = { dXM: given.number("dx_m"), dYM: given.number("dy_m"), coefficient: given.number("Cs") };
    const diffusivity = smagorinskyDiffusivity(strain, grid);
    const limited = limitedDiffusivity(diffusivity, given.number("floor_m2s"), given.number("cap_m2s"));
    return { K_m2s: diffusivity, K_limited_m2s: limited };
  },
  "fire-source": (given) => {
    const source = fireSource({
      areaHa: given.number("area_ha"),
      consumedKgPerM2: given.number("consumed_kg_m2"),
      emissionGramsPerKg: given.number("EF_g_per_kg"),
      durationSeconds: given.number("duration_s"),
      heatJoulesPerKg: given.number("heat_J_per_kg"),
      convectiveShare: given.number("convective_fraction"),
      fuelKgPerRadiatedMegajoule: given.number("radiative_kg_per_MJ"),
    });
    return {
      fuel_kg: source.fuelKg,
      emitted_kg: source.emittedKg,
      rate_g_s: source.emissionKgPerSecond * 1000,
      heat_J: source.heatJoules,
      heat_rate_W: source.heatWatts,
      convective_W: source.convectiveWatts,
      FRP_W_from_mass: source.radiativePowerWatts,
    };
  },
  "outfall-load": (given) => {
    const load = outfallLoad(given.number("flow_m3s"), given.number("C_CFU_per_100ml"));
    return { CFU_per_s: load, CFU_per_particle: (load * 3600) / given.number("particles_per_h") };
  },
  "deposition-mixed": (given) => ({
    remaining_fraction: keptInMixedColumn(given.number("vd_ms"), given.number("H_m"), given.number("t_s")),
  }),
  washout: (given) => {
    const law = { perSecond: given.number("a_per_s"), exponent: given.number("b") };
    const kept = given
      .numbers("rain_mm_per_h")
      .map((rain) => keptByRain(washoutRate(rain, law), given.number("each_s")));
    return { remaining_fraction: kept.reduce((product, share) => product * share, 1) };
  },
};

function hannaProfile(given: Given) {
  const turbulence = new Turbulence({
    horizontalSeconds: Math.min(given.number("floor_TLu_s"), given.number("floor_TLv_s")),
    verticalSeconds: given.number("floor_TLw_s"),
  });
  const friction = given.number("ustar_ms");
  turbulence.setColumn(given.number("h_m"), friction, given.number("wstar_ms"), 1 / given.number("L_m"));
  const rows = given.numbers("z_m").map((z) => {
    turbulence.vertical(z);
    turbulence.horizontal(z);
    return {
      regime: turbulence.regime,
      sigma_u_ms: turbulence.sigmaU,
      sigma_v_ms: turbulence.sigmaV,
      sigma_w_ms: turbulence.sigmaW,
      // FLEXPART's neutral derivative lacks the factor 1/u* of its own profile; the model uses the true one.
      dsigma_w_dz_per_s:
        turbulence.regime === "neutral" ? turbulence.sigmaWGradient * friction : turbulence.sigmaWGradient,
      TLu_s: turbulence.timeScaleU,
      TLv_s: turbulence.timeScaleV,
      TLw_s: turbulence.timeScaleW,
      TLu_unclamped_s: turbulence.timeScaleUUnlimited,
      TLv_unclamped_s: turbulence.timeScaleVUnlimited,
      TLw_unclamped_s: turbulence.timeScaleWUnlimited,
    };
  });
  return { rows };
}

function riseOf(given: Given, row: Given) {
  const rise = briggsRise({
    convectiveWatts: row.number("Q_W"),
    windMs: row.number("u_ms"),
    temperatureK: given.number("T_K"),
    densityKgPerM3: given.number("rho_kg_m3"),
    heatCapacityJPerKgK: given.number("cp_J_kgK"),
    gravityMs2: given.number("g_ms2"),
    thetaGradientKPerM: row.number("dtheta_dz_K_m"),
  });
  return {
    F_m4s3: rise.buoyancyM4s3,
    s_per_s2: rise.stabilityPerSecond2,
    xf_m: rise.finalDistanceM,
    dh_neutral_m: rise.neutralM,
    dh_stable_m: rise.stableM,
    dh_calm_m: rise.calmM,
    dh_transitional_half_xf_m: transitionalRiseM(rise.buoyancyM4s3, row.number("u_ms"), rise.finalDistanceM / 2),
  };
}
