/** Defaults of experiments, of functions and of commands. */
export const EXPERIMENT_DEFAULTS = {
  alpha: 0.05,
  power: 0.8,
  /** Smallest change worth a campaign. */
  relativeEffect: 0.05,
  testShare: 0.5,
  winsorizeAt: 0.99,
} as const;
