/** What each throttle level is called. */
const THROTTLE_WORDS = ["Normal", "Near limit", "Throttled", "Severe"] as const;

/** The name of a level: 2 is "Throttled". */
export function throttleWord(level: number): string {
  return THROTTLE_WORDS[level] ?? String(level);
}
