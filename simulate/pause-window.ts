import type { Observations } from "./evidence.ts";

/** The time from a pause's acknowledgement to its resume: of the checks asked in it, none may be granted. */
export class PauseWindow {
  readonly #observations: Observations;
  readonly #underWay = new Set<Promise<void>>();
  #country: string | undefined;

  constructor(observations: Observations) {
    this.#observations = observations;
  }

  /** Opens the window: the pause has been acknowledged. */
  open(country: string): void {
    this.#country = country;
  }

  /** Closes it for new checks and waits for those that were asked in it. Resume only after this. */
  async close(): Promise<void> {
    this.#country = undefined;
    await Promise.all(this.#underWay);
  }

  /** Asks a question; if it falls into the window, its answer is looked at. */
  async watch<T extends { allowed: boolean; source: string }>(
    country: string,
    ask: () => Promise<T>,
  ): Promise<T> {
    if (country !== this.#country) return ask();
    const { promise: entry, resolve: done } = Promise.withResolvers<void>();
    this.#underWay.add(entry);
    try {
      const decision = await ask();
      const slipped = decision.allowed && decision.source === "gantry";
      this.#observations.note(
        slipped ? `${country} granted a check that was asked while it was paused` : null,
      );
      return decision;
    } finally {
      this.#underWay.delete(entry);
      done();
    }
  }
}
