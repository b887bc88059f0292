/** What an outfall or a river carries, by its treatment. */
export const effluents = ["untreated", "storm-overflow", "primary", "secondary", "disinfected", "river"] as const;
export type Effluent = (typeof effluents)[number];

/** E. coli in an effluent: geometric mean, CFU/100 ml, and the standard deviation of its log10 from day to day. */
export type EffluentStrength = { readonly concentration: number; readonly sdLog10: number };

/**
 * Used where a source names its effluent but no concentration; the product is then labelled. Order of magnitude only.
 * Source: structure of Kay et al. (2008), faecal indicator organism concentrations in sewage and treated effluents; the
 * values are to be verified, and river is judgement.
 */
export const effluentStrengths: Readonly<Record<Effluent, EffluentStrength>> = {
  untreated: { concentration: 1e7, sdLog10: 0.4 },
  "storm-overflow": { concentration: 2.5e6, sdLog10: 0.5 },
  primary: { concentration: 5e6, sdLog10: 0.4 },
  secondary: { concentration: 3e5, sdLog10: 0.6 },
  disinfected: { concentration: 300, sdLog10: 0.8 },
  river: { concentration: 1000, sdLog10: 0.6 },
};
