import { documentOf } from "#lib/queue/page-html.ts";
import { clock, fill, fromNow } from "#lib/queue/page-view.ts";
import type { PageLanguage } from "#lib/queue/page-words.ts";
import { DOOR_TEXTS } from "./door-texts.ts";
import type { FoundLink } from "./find-link.ts";

interface Look {
  slug: string;
  clickId: string;
  language: PageLanguage;
  /** Milliseconds since 1970. */
  now: number;
}

/** Seconds until the page looks again: soon after the door opens, and otherwise every one to two minutes, at random so that all don't ask at once. */
function nextLook(opensAt: number | null, now: number): number {
  const jitter = Math.floor(Math.random() * 60);
  if (opensAt === null) return 60 + jitter;
  const left = Math.max(Math.ceil((opensAt - now) / 1000), 0);
  return left > 900 ? 840 + jitter : left + 1 + jitter;
}

/** The page of a link whose country lets nobody in now: what is so, when it opens where that is known, and a look again by itself. No script. */
export function doorPage(link: FoundLink | null, { slug, clickId, language, now }: Look): string {
  const words = DOOR_TEXTS[language];
  const opensAt = link?.opensAt ?? null;
  const isFull = link?.door === "cap_reached";
  const when =
    opensAt === null || link === null
      ? words.unknown
      : fill(words.opens, {
          in: fromNow(language, (opensAt - now) / 1000),
          at: clock(language, new Date(opensAt).toISOString(), link.timeZone, false),
        });
  const address = link === null ? "" : `;url=/go/${slug}?again=${clickId}`;
  return documentOf(
    language,
    "",
    { title: isFull ? words.full : words.closed, sentences: [when, words.stay] },
    { head: `<meta http-equiv="refresh" content="${nextLook(opensAt, now)}${address}">\n` },
  );
}

/** The page for an address that is no link. */
export function missingLinkPage(language: PageLanguage): string {
  const words = DOOR_TEXTS[language];
  return documentOf(language, "", { title: words.missing, sentences: [words.missing_next] }, {});
}
