/** The launch engine's words. The same in SQL, in the API and on screen. Portable: no imports. */

export const PHASES = ["not_launched", "alpha", "soft", "public", "pause"] as const;
export type Phase = (typeof PHASES)[number];

/** Phases in which a country lets people in. */
export const OPEN_PHASES = ["alpha", "soft", "public"] as const;
export type OpenPhase = (typeof OPEN_PHASES)[number];

/** What a cap counts. */
export const OPERATIONS = ["user", "payment", "creator"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Why a check was granted. */
const GRANT_REASONS = ["granted", "unlisted", "engine_disabled"] as const;
/** Why a check was refused. */
const REFUSAL_REASONS = [
  "cap_reached",
  "amount_cap_reached",
  "paused",
  "not_launched",
  "throttled",
  "blocked",
  "queued",
] as const;
export const REASONS = [...GRANT_REASONS, ...REFUSAL_REASONS] as const;
export type Reason = (typeof REASONS)[number];

export const RESERVATION_STATES = ["held", "committed", "released", "expired"] as const;

/** Users a day when a phase is entered; payments are ten times that, creators a tenth. */
export const DEFAULT_USER_UNITS: Record<OpenPhase, number> = { alpha: 100, soft: 1_000, public: 10_000 };

/** The EU first wave, in the order it opens. */
export const EU_FIRST_WAVE = ["PL", "CZ", "SK", "HR", "RO", "BG", "GR", "IT"] as const;
