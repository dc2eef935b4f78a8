import type { Options } from "./options.ts";
import type { Finding } from "./promises.ts";

/** What a scenario is given. */
export interface World {
  options: Options;
  /** Aborts on Ctrl-C: bring what is under way to its end and report. */
  signal: AbortSignal;
  /** A sentence for each thing that isn't as it was before. Said at the end, whatever happens. */
  left: string[];
}

/** A story played over the public API. Resolves with the promises it looked at; throws SimulationError when it can't begin. */
export type Scenario = (world: World) => Promise<Finding[]>;
