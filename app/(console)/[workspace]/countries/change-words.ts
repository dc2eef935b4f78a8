import { phaseLabel } from "#components/phase-badge.tsx";
import type { TimelineEntry } from "#components/timeline.tsx";
import type { CountryChange } from "#lib/launch/country-changes.ts";

const WORDS: Record<string, (change: CountryChange) => string> = {
  "country.listed": () => "Listed",
  "country.activated": ({ phase }) => `Activated in ${phaseLabel(phase)}`,
  "country.advanced": ({ phase }) => `Advanced to ${phaseLabel(phase)}`,
  "country.paused": () => "Paused",
  "country.resumed": ({ phase }) => `Resumed in ${phaseLabel(phase)}`,
  "country.caps_changed": () => "Caps changed",
  "country.time_zone_changed": () => "Time zone changed",
};

const TONES: Record<CountryChange["phase"], NonNullable<TimelineEntry["tone"]>> = {
  not_launched: "plain",
  alpha: "violet",
  soft: "blue",
  public: "green",
  pause: "red",
};

/** "Advanced to Public". */
export function changeWords(change: CountryChange): string {
  return WORDS[change.action]?.(change) ?? change.action;
}

/** The colour of a change: its phase's, where the phase moved. */
export function changeTone(change: CountryChange): NonNullable<TimelineEntry["tone"]> {
  const keepsPhase =
    change.action === "country.caps_changed" || change.action === "country.time_zone_changed";
  return keepsPhase ? "accent" : TONES[change.phase];
}
