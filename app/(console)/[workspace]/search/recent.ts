/** A thing that was gone to from the palette. */
export type Recent = { path: string; title: string };

const KEPT = 5;
const keyOf = (slug: string) => `gantry-recent-${slug}`;

/** The newest five things this browser went to from the palette in a workspace, newest first. */
export function readRecent(slug: string): Recent[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf(slug)) ?? "[]");
    return Array.isArray(value) ? value.filter(isRecent).slice(0, KEPT) : [];
  } catch {
    // A browser that keeps nothing, or something else under this name.
    return [];
  }
}

function isRecent(value: unknown): value is Recent {
  return (
    typeof value === "object" &&
    value !== null &&
    "path" in value &&
    typeof value.path === "string" &&
    "title" in value &&
    typeof value.title === "string"
  );
}

/** Puts a thing on top of the recent ones. */
export function keepRecent(slug: string, recent: Recent): void {
  const others = readRecent(slug).filter(({ path }) => path !== recent.path);
  try {
    localStorage.setItem(keyOf(slug), JSON.stringify([recent, ...others].slice(0, KEPT)));
  } catch {
    // Nothing is kept where the browser keeps nothing.
  }
}
