import type { CapAnswer } from "#lib/launch/schema.ts";
import type { Random } from "./random.ts";

const SAMPLE = 150;
const EXAMPLES = 3;

/** What has been looked at for one promise, and the first few things that broke it. */
export class Observations {
  seen = 0;
  broken = 0;
  readonly examples: string[] = [];

  /** Notes one look: `problem` says what was wrong, null that nothing was. */
  note(problem: string | null): void {
    this.seen += 1;
    if (problem === null) return;
    this.broken += 1;
    if (this.examples.length < EXAMPLES) this.examples.push(problem);
  }
}

/** An answer to compare with its receipt later. */
export interface Sample {
  answer: CapAnswer;
  idempotencyKey: string;
}

/** What the run saw with its own eyes, apart from the counts. */
export class Evidence {
  readonly retries = new Observations();
  readonly settlements = new Observations();
  readonly refusals = new Observations();
  readonly paused = new Observations();
  readonly samples: Sample[] = [];
  #candidates = 0;
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Keeps an even sample of all answers. */
  sample(candidate: Sample): void {
    this.#candidates += 1;
    if (this.samples.length < SAMPLE) {
      this.samples.push(candidate);
      return;
    }
    const place = this.#random.between(0, this.#candidates - 1);
    if (place < SAMPLE) this.samples[place] = candidate;
  }
}
