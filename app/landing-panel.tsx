import classes from "#app/landing.module.css";
import { PhaseBadge } from "#components/phase-badge.tsx";
import { UsageBar } from "#components/usage-bar.tsx";

const EXAMPLE = [
  { name: "Poland", phase: "public", used: 6_420, held: 180, cap: 10_000 },
  { name: "Czechia", phase: "soft", used: 871, held: 12, cap: 1_000 },
  { name: "Romania", phase: "alpha", used: 100, held: 0, cap: 100 },
  { name: "Croatia", phase: "pause", used: 214, held: 0, cap: 1_000 },
  { name: "Greece", phase: "not_launched", used: 0, held: 0, cap: 100 },
] as const;

/** A picture of the console, drawn with its own parts; an example, so it is kept from screen readers. */
export function LandingPanel() {
  return (
    <div className={classes.panel} aria-hidden inert>
      <div className={classes.panelHead}>Users let in today</div>
      {EXAMPLE.map((country) => (
        <div key={country.name} className={classes.row}>
          <span className={classes.country}>{country.name}</span>
          <PhaseBadge phase={country.phase} />
          <UsageBar label={country.name} used={country.used} held={country.held} cap={country.cap} />
        </div>
      ))}
    </div>
  );
}
