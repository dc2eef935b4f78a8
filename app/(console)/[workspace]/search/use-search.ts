import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useState } from "react";
import type { Found } from "#lib/overview/search.ts";

/** What a search has come to: nothing asked yet, under way, found (perhaps nothing), or failed. */
export type SearchState = { state: "idle" | "searching" | "done" | "failed"; found: readonly Found[] };

const DEBOUNCE_MS = 180;
const SHORTEST = 2;
const IDLE: SearchState = { state: "idle", found: [] };

async function ask(slug: string, text: string, signal: AbortSignal): Promise<Found[]> {
  const response = await fetch(`/${slug}/search?q=${encodeURIComponent(text)}`, { signal });
  if (!response.ok) throw new Error(`search answered ${response.status}`);
  const body: { found: Found[] } = await response.json();
  return body.found;
}

/** Searches a workspace once typing has paused; a newer text gives up the older question. `again` asks once more. */
export function useSearch(slug: string, query: string): SearchState & { again: () => void } {
  const text = query.trim();
  const [asked] = useDebouncedValue(text, DEBOUNCE_MS);
  const [attempt, setAttempt] = useState(0);
  const [result, setResult] = useState<SearchState>(IDLE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again.
  useEffect(() => {
    if (asked.length < SHORTEST) return setResult(IDLE);
    const giveUp = new AbortController();
    setResult(({ found }) => ({ state: "searching", found }));
    ask(slug, asked, giveUp.signal).then(
      (found) => setResult({ state: "done", found }),
      () => giveUp.signal.aborted || setResult({ state: "failed", found: [] }),
    );
    return () => giveUp.abort();
  }, [slug, asked, attempt]);
  const waiting = text !== asked && text.length >= SHORTEST;
  return {
    ...result,
    state: waiting ? "searching" : result.state,
    again: () => setAttempt((count) => count + 1),
  };
}
