import type { Result } from "./measure.ts";

/** A ratio or a time that has to reach a target. */
export interface Claim {
  claim: string;
  /** NaN: not measured. */
  value: number;
  target: number;
  /** Whether the value has to be at least the target or at most. */
  bound: "least" | "most";
  unit: "×" | "ms" | "/s";
}

const WIDTHS = [60, 12, 11, 12];

function print(cells: string[]): void {
  console.log(
    cells
      .map((cell, at) => (at === 0 ? cell.padEnd(WIDTHS[at] ?? 0) : cell.padStart(WIDTHS[at] ?? 0)))
      .join("  "),
  );
}

/** Prints a line on what the run is doing. */
export function say(line: string): void {
  console.log(line);
}

/** Opens a table of results. */
export function printHeading(title: string): void {
  console.log(`\n${title}`);
  print(["", "a second", "p50 ms", "p99 ms"]);
}

/** Prints what one design did. */
export function printResult(name: string, { rate, p50, p99 }: Result): void {
  print([name, rate === null ? "" : Math.round(rate).toLocaleString("en"), p50.toFixed(2), p99.toFixed(2)]);
}

function verdictOn({ value, target, bound }: Claim): string {
  if (Number.isNaN(value)) return "no figure";
  return (bound === "least" ? value >= target : value <= target) ? "met" : "missed";
}

/** Prints the claims against their targets. */
export function printClaims(claims: Claim[]): void {
  console.log("\nAgainst the targets");
  print(["", "measured", "target", ""]);
  for (const claim of claims) {
    const sign = claim.bound === "least" ? "≥" : "≤";
    const measured = Number.isNaN(claim.value) ? "–" : `${claim.value.toFixed(2)} ${claim.unit}`;
    print([claim.claim, measured, `${sign} ${claim.target} ${claim.unit}`, verdictOn(claim)]);
  }
}
