import type { Result } from "./measure.ts";

/** A ratio or a time that has to reach a target. */
export interface Claim {
  claim: string;
  value: number;
  target: number;
  /** Whether the value has to be at least the target or at most. */
  bound: "least" | "most";
  unit: "×" | "ms";
}

function print(cells: string[], widths: number[]): void {
  console.log(
    cells
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  "),
  );
}

/** Prints a line on what the run is doing. */
export function say(line: string): void {
  console.log(line);
}

/** Prints what each design did. */
export function printResults(title: string, results: [name: string, result: Result][]): void {
  console.log(`\n${title}`);
  const widths = [58, 11, 10, 10];
  print(["", "a second", "p50 ms", "p99 ms"], widths);
  for (const [name, { rate, p50, p99 }] of results) {
    print([name, Math.round(rate).toLocaleString("en"), p50.toFixed(2), p99.toFixed(2)], widths);
  }
}

/** Prints the claims against their targets; true when all are met. */
export function printClaims(claims: Claim[]): boolean {
  console.log("\nAgainst the targets");
  const widths = [58, 11, 12, 8];
  print(["", "measured", "target", ""], widths);
  const met = ({ value, target, bound }: Claim) => (bound === "least" ? value >= target : value <= target);
  for (const claim of claims) {
    const sign = claim.bound === "least" ? "≥" : "≤";
    const cells = [
      claim.claim,
      `${claim.value.toFixed(2)} ${claim.unit}`,
      `${sign} ${claim.target} ${claim.unit}`,
    ];
    print([...cells, met(claim) ? "met" : "missed"], widths);
  }
  return claims.every(met);
}
