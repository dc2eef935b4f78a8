import { format } from "node:util";
import { afterAll, afterEach } from "vitest";

const said: string[] = [];

for (const level of ["error", "warn"] as const) {
  console[level] = (...words: unknown[]) => {
    said.push(`console.${level}: ${format(...words)}`);
  };
}

// Hooks run last-registered first, so these see what a test's own clean-up said as well.
afterEach(failIfAnythingWasSaid);
afterAll(failIfAnythingWasSaid);

function failIfAnythingWasSaid(): void {
  const all = said.splice(0);
  if (all.length > 0) throw new Error(`A test must not write errors or warnings:\n${all.join("\n")}`);
}
