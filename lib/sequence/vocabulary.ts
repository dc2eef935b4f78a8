/** Words of the market sequence. Portable: no imports. A test keeps them equal to the database's. */

export const STEP_MODES = ["manual", "propose", "automatic"] as const;
export type StepMode = (typeof STEP_MODES)[number];

export const SEQUENCE_TEMPLATES = [
  "eu_first_wave",
  "nordics",
  "dach",
  "iberia",
  "latam",
  "mena",
  "apac",
] as const;
export type SequenceTemplate = (typeof SEQUENCE_TEMPLATES)[number];

export const PROPOSAL_STATES = ["open", "approved", "moved", "refused", "expired", "outdated"] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** A level that a country one depends on has to stay below. */
export const CEILING_LEVELS = ["medium", "high", "critical"] as const;
