/** What an experiment is judged by; chosen before it begins. */
export const EXPERIMENT_METRICS = [
  "registrations",
  "revenue_per_registration",
  "verification_rate",
  "safety_per_1000",
  "refusals",
] as const;
export type ExperimentMetric = (typeof EXPERIMENT_METRICS)[number];

export const EXPERIMENT_STATUSES = ["scheduled", "running", "ended"] as const;

export const EXPERIMENT_OUTCOMES = ["completed", "yielded", "stopped"] as const;

/** Why a day is not in the result: its cap came late, it had used more than the cap, or the experiment had ended. */
export const LEFT_OUT = ["late", "used_more", "ended"] as const;

export type Arm = "A" | "B";
export type ExperimentStatus = (typeof EXPERIMENT_STATUSES)[number];
export type ExperimentOutcome = (typeof EXPERIMENT_OUTCOMES)[number];
export type LeftOut = (typeof LEFT_OUT)[number];
