import { AppError } from "#lib/errors.ts";

/** Waits for `work` at most this many milliseconds, then throws `unavailable`. The work itself is not ended. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new AppError("unavailable", "There was no answer in time.", { retryAfter: 1 })),
    milliseconds,
  );
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
