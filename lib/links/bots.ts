import { isbot } from "isbot";
import type { BotReason } from "./vocabulary.ts";

const MOST_AGENTS = 5000;
const known = new Map<string, boolean>();

/** Whether a program calls itself one by its User-Agent, or says nothing. The list is isbot's. */
export function isBotAgent(userAgent: string): boolean {
  if (userAgent === "") return true;
  const before = known.get(userAgent);
  if (before !== undefined) return before;
  const found = isbot(userAgent);
  if (known.size >= MOST_AGENTS) known.clear();
  known.set(userAgent, found);
  return found;
}

function isPrefetch(headers: Headers): boolean {
  const purpose = headers.get("sec-purpose") ?? headers.get("purpose") ?? headers.get("x-purpose");
  return (
    (purpose !== null && /prefetch|prerender|preview/i.test(purpose)) || headers.get("x-moz") === "prefetch"
  );
}

/** Clicks of one visitor on one link that are a person's in a minute; many people share an address behind a mobile network. */
const PER_MINUTE = 120;
const MOST_VISITORS = 50_000;
const minute = { number: 0, clicks: new Map<string, number>() };

/** How often this visitor has followed this link in this minute, this time included. Known to this process alone. */
export function timesThisMinute(linkId: string, visitor: string, now: number): number {
  const number = Math.floor(now / 60_000);
  if (minute.number !== number || minute.clicks.size >= MOST_VISITORS) {
    minute.number = number;
    minute.clicks.clear();
  }
  const name = `${linkId} ${visitor}`;
  const times = (minute.clicks.get(name) ?? 0) + 1;
  minute.clicks.set(name, times);
  return times;
}

/** What to make of a visitor's nth click of a minute: a person's, a flood's, or one too many to keep. */
export function floodOf(times: number): "person" | "repeated" | "dropped" {
  if (times <= PER_MINUTE) return "person";
  return times <= 2 * PER_MINUTE ? "repeated" : "dropped";
}

/** Why a request is no person's click, or null. */
export function botReason(request: Request, userAgent: string): BotReason | null {
  if (request.method === "HEAD") return "head";
  if (isPrefetch(request.headers)) return "prefetch";
  return isBotAgent(userAgent) ? "user_agent" : null;
}
