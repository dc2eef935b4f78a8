import { hash } from "node:crypto";
import { SCRIPT, STYLE } from "./page-assets.ts";
import { TEXTS } from "./page-texts.ts";
import { type PageView, pageView } from "./page-view.ts";
import type { PageLanguage } from "./page-words.ts";
import type { HeldTicket } from "./tickets.ts";

const sha256 = (text: string) => `'sha256-${hash("sha256", text, "base64")}'`;

/** The page runs its one script, wears its one style, asks its own server, and nothing else. */
const POLICY = [
  "default-src 'none'",
  `script-src ${sha256(SCRIPT)}`,
  `style-src ${sha256(STYLE)}`,
  "connect-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? "");

/** A page of few words, in one language, with the name of who speaks above it where there is one. */
export function documentOf(
  language: PageLanguage,
  name: string,
  view: PageView,
  rest: { head?: string; body?: string },
) {
  const title = escaped(view.title);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/icon.svg">
<title>${title}${name === "" ? "" : ` · ${escaped(name)}`}</title>
${rest.head ?? ""}<style>${STYLE}</style>
</head>
<body>
<main>
${name === "" ? "" : `<p class="from">${escaped(name)}</p>\n`}<h1 aria-live="polite">${title}</h1>
${view.sentences.map((sentence) => `<p class="say">${escaped(sentence)}</p>`).join("\n")}
${rest.body ?? ""}</main>
</body>
</html>
`;
}

function returnLink(held: HeldTicket): string | null {
  if (held.ticket.state !== "ready" || held.return_url === null) return null;
  const url = new URL(held.return_url);
  url.searchParams.set("ticket", held.ticket.token);
  return url.href;
}

/** The waiting page of a ticket as HTML. Without JavaScript it reloads itself every 20 to 30 seconds, so that many don't ask at once. */
export function waitingPage(held: HeldTicket, language: PageLanguage, now: number): string {
  const { state, token, poll_after_seconds } = held.ticket;
  const words = TEXTS[language];
  const isOpen = state === "waiting" || state === "ready";
  const refresh = 20 + Math.floor(Math.random() * 11);
  const link = returnLink(held);
  const goOn = link === null ? "" : `<a class="go" href="${escaped(link)}">${escaped(words.go_on)}</a>\n`;
  return documentOf(language, held.workspace, pageView(held, language, now), {
    head: isOpen ? `<noscript><meta http-equiv="refresh" content="${refresh}"></noscript>\n` : "",
    body: isOpen
      ? `${goOn}<form method="post" action="/q/${token}/leave"><button>${escaped(words.leave)}</button></form>
<script data-state="${state}" data-after="${poll_after_seconds}">${SCRIPT}</script>\n`
      : "",
  });
}

/** The page for an address that names no ticket. */
export function missingPage(language: PageLanguage): string {
  const words = TEXTS[language];
  return documentOf(language, "", { title: words.missing, sentences: [words.missing_next] }, {});
}

/** An HTML answer that no cache keeps, no frame holds and no search engine lists. */
export function pageResponse(html: string, language: PageLanguage, status = 200): Response {
  return new Response(html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-language": language,
      "cache-control": "no-store",
      "content-security-policy": POLICY,
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "x-robots-tag": "noindex",
      vary: "accept-language",
    },
  });
}
