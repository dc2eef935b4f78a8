import type { FormAction } from "#components/form-state.ts";

function versionOf(data: unknown): number | null {
  const version: unknown = typeof data === "object" && data !== null ? Reflect.get(data, "version") : null;
  return typeof version === "number" ? version : null;
}

/**
 * Follows an alert's version through one's own answers, so that the next one names what the last one made of it, before the page shows that.
 * Somebody else's change in between still is a conflict. Answers go one after another.
 */
export class OwnVersion {
  #version = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** The same action with `expected_version` set: the version `shown` on the page, or a later one that one's own answers have made. */
  answering(shown: number, action: FormAction): FormAction {
    return (previous, form) => {
      const answer = this.#last.then(async () => {
        form.set("expected_version", String(Math.max(shown, this.#version)));
        const next = await action(previous, form);
        this.#version = versionOf(next.data) ?? this.#version;
        return next;
      });
      this.#last = answer.catch(() => undefined);
      return answer;
    };
  }
}
