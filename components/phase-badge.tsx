import classes from "#components/phase-badge.module.css";
import type { Phase } from "#lib/launch/vocabulary.ts";

const LABELS: Record<Phase, string> = {
  not_launched: "Not launched",
  alpha: "Alpha",
  soft: "Soft",
  public: "Public",
  pause: "Paused",
};

/** The phase's name as people read it. */
export function phaseLabel(phase: Phase): string {
  return LABELS[phase];
}

/** A country's phase: colour, a mark that doesn't depend on colour, and the name. */
export function PhaseBadge({ phase, size = "sm" }: { phase: Phase; size?: "sm" | "md" }) {
  return (
    <span className={classes.badge} data-phase={phase} data-size={size}>
      <span className={classes.mark} aria-hidden />
      {LABELS[phase]}
    </span>
  );
}
