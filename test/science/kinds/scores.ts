import { readFileSync } from "node:fs";
import { joinDatem, parseDatem } from "@/lib/scores/datem";
import { type Contingency, type Pair, pairedScores, rankOf } from "@/lib/scores/paired-scores";
import { brierScore, rocCurve } from "@/lib/scores/probability-scores";
import type { Answer } from "@/test/science/answer";
import type { Given } from "@/test/science/given";

/** Statistics of paired values and of probabilities. */
export const scoreKinds: Readonly<Record<string, Answer>> = {
  score: (given) => {
    const model = given.numbers("model");
    const pairs = given.numbers("observed").map((observed, at) => ({ observed, model: model[at] ?? Number.NaN }));
    return scoresOf(pairs, given.number("threshold"));
  },
  "score-rank": (given) => ({
    rank: rankOf({
      correlation: given.number("R"),
      fractionalBias: given.number("FB"),
      fmsPercent: given.number("FMS_percent"),
      ksPercent: given.number("KS_percent"),
    }),
  }),
  "score-brier": (given) => {
    const { climatology, skill, baseRate, ...parts } = brierScore(probabilities(given));
    return { ...parts, base_rate: baseRate, brier_climatology: climatology, brier_skill: skill };
  },
  "score-roc": (given) => {
    const curve = rocCurve(probabilities(given));
    return { points_false_alarm_rate_hit_rate: curve?.points ?? null, area: curve?.area ?? null };
  },
  "score-captex": (given, { casePath }) => {
    const read = (key: string) => parseDatem(readFileSync(casePath(given.text(key)), "utf8"));
    const pairs = joinDatem(read("observations"), read("model"));
    const zero = pairs.findIndex(({ observed, model }) => observed === 0 && model === 0);
    const { rmse, slope } = pairedScores(pairs, 0);
    const byThreshold = given.numbers("thresholds").map((one) => [`threshold_${one}`, scoresOf(pairs, one)] as const);
    return {
      ...Object.fromEntries(byThreshold),
      RMSE: rmse,
      slope_model_on_observed: slope,
      one_zero_pair_less: scoresOf(zero < 0 ? pairs : pairs.toSpliced(zero, 1), 0),
    };
  },
};

function scoresOf(pairs: readonly Pair[], threshold: number) {
  const scores = pairedScores(pairs, threshold);
  return {
    n: scores.n,
    mean_observed: scores.meanObserved,
    mean_model: scores.meanModel,
    R: scores.correlation,
    FB: scores.fractionalBias,
    NMSE: scores.nmse,
    FMS_percent: scores.fmsPercent,
    KS_percent: scores.ksPercent,
    FA2_fraction_of_both_positive: scores.factor2OfPositive,
    FA5_fraction_of_both_positive: scores.factor5OfPositive,
    FA2_fraction_of_all_pairs: scores.factor2OfAll,
    FA5_fraction_of_all_pairs: scores.factor5OfAll,
    both_positive: scores.bothPositive,
    rank: scores.rank,
    ...contingencyWords(scores),
  };
}

function contingencyWords(scores: Contingency) {
  return {
    hits: scores.hits,
    false_alarms: scores.falseAlarms,
    misses: scores.misses,
    correct_negatives: scores.correctNegatives,
    POD: scores.probabilityOfDetection,
    FAR: scores.falseAlarmRatio,
    threat_score: scores.threatScore,
  };
}

function probabilities(given: Given) {
  const events = given.numbers("event");
  return given.numbers("probability").map((probability, at) => ({ probability, event: (events[at] ?? 0) > 0 }));
}
