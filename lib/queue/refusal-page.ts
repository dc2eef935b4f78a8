import { problemResponse } from "#lib/problem.ts";
import { documentOf, missingPage, pageResponse } from "./page-html.ts";
import { TEXTS } from "./page-texts.ts";
import { fill, inSeconds } from "./page-view.ts";
import { type PageLanguage, pageLanguage } from "./page-words.ts";

const SPREAD = 10;

/** Who reads the page, and in how many seconds it may be asked for again. */
interface Reader {
  name: string;
  language: PageLanguage;
  after: number;
}

/** Says what is so and looks again by itself, without a script: `after` seconds later at the soonest, and not all pages at once. */
function laterPage(what: "too_often" | "away", { name, language, after }: Reader): string {
  const words = TEXTS[language];
  const refresh = after + 1 + Math.floor(Math.random() * SPREAD);
  return documentOf(
    language,
    name,
    {
      title: words[what],
      sentences: [words[`${what}_next`], fill(words.again, { in: inSeconds(language, refresh) })],
    },
    { head: `<meta http-equiv="refresh" content="${refresh}">\n` },
  );
}

/** The answer to a look too many: a page with `Retry-After`. */
export function tooOftenResponse(reader: Reader): Response {
  const response = pageResponse(laterPage("too_often", reader), reader.language, 429);
  response.headers.set("retry-after", String(reader.after));
  return response;
}

/** What a person reads when the page can't be made: that there is no such place, or that it tries again by itself. An unknown error is logged. */
export function refusalPage(thrown: unknown, request: Request): Response {
  const language = pageLanguage(request.headers.get("accept-language"));
  const { status, headers } = problemResponse(thrown);
  if (status === 404) return pageResponse(missingPage(language), language, 404);
  const after = Number(headers.get("retry-after") ?? SPREAD);
  const response = pageResponse(laterPage("away", { name: "", language, after }), language, status);
  response.headers.set("retry-after", String(after));
  return response;
}
