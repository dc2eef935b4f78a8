/** Calls that one batch may cost: two values at fault among a thousand are found in about forty. */
const CALLS = 64;

/** Class 22: a value that Postgres can't work with. Nothing of the statement was kept. */
function isBadValue(error: unknown): boolean {
  const code: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" && /^22...$/.test(code);
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/**
 * Asks for all items in one call. Where a value of one of them fails the call, asks for its halves, so that only the item at fault is answered with
 * the error; beyond 64 calls what is left of a half fails together. Answers in order. Throws what isn't about a value, when nothing was answered.
 */
export async function askAround<I, O>(items: I[], ask: (items: I[]) => Promise<O[]>): Promise<(O | Error)[]> {
  let calls = 0;
  const part = async (some: I[]): Promise<(O | Error)[]> => {
    calls += 1;
    try {
      return await ask(some);
    } catch (thrown) {
      if (!isBadValue(thrown) && some.length === items.length) throw thrown;
      if (!isBadValue(thrown) || some.length === 1 || calls >= CALLS) return some.map(() => asError(thrown));
      const middle = Math.ceil(some.length / 2);
      return [...(await part(some.slice(0, middle))), ...(await part(some.slice(middle)))];
    }
  };
  return part(items);
}
