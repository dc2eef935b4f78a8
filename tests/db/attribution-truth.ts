import type { EventRow } from "#lib/signals/parse-event.ts";
import type { Actuals, TestLink } from "#tests/setup/campaigns.ts";
import type { Batch } from "./attribution-log.ts";

const DAY = 86_400_000;
const GRACE = 30_000;
const STEPS = {
  "app.installed": "installs",
  "registration.completed": "registrations",
  "creator.registered": "creators",
  "purchase.completed": "purchases",
} as const;
type StepType = keyof typeof STEPS;

type Reported = EventRow & { receivedAt: number; at: number };
interface Touch {
  identity: string;
  at: number;
  knownAt: number;
  link: TestLink | null;
  campaign: string;
  clickId: string | null;
}
type Own = Omit<Touch, "identity" | "knownAt">;
/** Days in which an install, and a later step, belongs to a campaign's touch. */
export type Windows = [number, number];
type Reaches = (touch: Own, event: Reported) => boolean;

/** What a log comes to, told from the rules alone: everything looked up in everything, nothing incremental. */
export function truth(
  log: Batch[],
  links: readonly TestLink[],
  windows: ReadonlyMap<string, Windows>,
): { campaigns: Map<string, Actuals>; steps: Map<string, string> } {
  const linkOf = new Map(links.map((link) => [link.id, link]));
  const clicks = new Map(
    log.flatMap(({ at, clicks: kept }) =>
      kept.map(({ id, link }) => [id, { link: linkOf.get(link), keptAt: at }] as const),
    ),
  );
  const seen = new Set<string>();
  const events: Reported[] = log.flatMap(({ at, events: rows }) =>
    rows.flatMap((row) => {
      const time = row.time ?? at;
      // Taken once, at most five minutes ahead and 30 days back.
      if (seen.has(row.id) || time > at + 300_000 || time < at - 30 * DAY) return [];
      seen.add(row.id);
      return [{ ...row, at: time, receivedAt: at }];
    }),
  );
  const own = new Map(events.map((event) => [event.id, ownTouch(event, clicks, links)]));
  const reaches: Reaches = ({ at, campaign }, event) => {
    const [install, later] = windows.get(campaign) ?? [0, 0];
    return at <= event.at && at >= event.at - (event.type === "app.installed" ? install : later) * DAY;
  };
  const touches = touchesOf(events, own, reaches);
  const ordered = events.toSorted(
    (a, b) => a.receivedAt - b.receivedAt || a.at - b.at || (a.id < b.id ? -1 : 1),
  );
  const campaigns = new Map<string, Actuals>();
  for (const { link } of log.flatMap(({ clicks: kept }) => kept)) {
    const sums = sumsOf(campaigns, linkOf.get(link)?.campaign ?? "");
    sums.clicks += 1;
    sums.visitors += 1;
  }
  const steps = countSteps(ordered, own, { touches, reaches }, campaigns);
  takeBack(ordered, steps, campaigns);
  return { campaigns, steps };
}

function sumsOf(campaigns: Map<string, Actuals>, campaign: string): Actuals {
  const sums = campaigns.get(campaign) ?? {
    clicks: 0,
    bots: 0,
    visitors: 0,
    waiting: 0,
    installs: 0,
    registrations: 0,
    creators: 0,
    purchases: 0,
    chargebacks: 0,
    revenues: {},
    charged_back: {},
  };
  campaigns.set(campaign, sums);
  return sums;
}

function dataOf({ data }: EventRow): Record<string, string> {
  return data === null ? {} : (JSON.parse(data) as Record<string, string>);
}

function ownTouch(
  event: Reported,
  clicks: Map<string, { link: TestLink | undefined; keptAt: number }>,
  links: readonly TestLink[],
): Own | null {
  const { click_id, link: slug, campaign } = dataOf(event);
  const click = clicks.get(click_id ?? "");
  if (click_id !== undefined && click?.link !== undefined) {
    const at = Number.parseInt(click_id.replaceAll("-", "").slice(0, 12), 16);
    if (at > event.at || click.keptAt > event.receivedAt + GRACE) return null;
    return { at, link: click.link, campaign: click.link.campaign, clickId: click_id };
  }
  if (event.type !== "campaign.touched") return null;
  const link = links.find((one) => one.slug === slug) ?? null;
  const named = link?.campaign ?? links.find((one) => one.campaign === campaign)?.campaign;
  return named === undefined ? null : { at: event.at, link, campaign: named, clickId: null };
}

function touchesOf(events: Reported[], own: Map<string, Own | null>, reaches: Reaches): Touch[] {
  const touches: Touch[] = events.flatMap((event) => {
    const mine = own.get(event.id);
    if (mine === null || mine === undefined) return [];
    return identities(event).map((identity) => ({ ...mine, identity, knownAt: event.receivedAt }));
  });
  const bound = events.flatMap((event) => {
    if (event.type !== "registration.completed" || event.subject === null || event.device === null) return [];
    const last = lastTouch({ touches, reaches }, [`d:${event.device}`], event);
    return last === null ? [] : [{ ...last, identity: `s:${event.subject}`, knownAt: event.receivedAt }];
  });
  return [...touches, ...bound];
}

function identities({ subject, device }: EventRow): string[] {
  return [...(subject === null ? [] : [`s:${subject}`]), ...(device === null ? [] : [`d:${device}`])];
}

interface Known {
  touches: Touch[];
  reaches: Reaches;
}

function lastTouch({ touches, reaches }: Known, who: string[], event: Reported): Touch | null {
  const possible = touches.filter(
    (touch) =>
      who.includes(touch.identity) && reaches(touch, event) && touch.knownAt <= event.receivedAt + GRACE,
  );
  return possible.toSorted((a, b) => b.at - a.at)[0] ?? null;
}

function personOf(event: Reported, { clickId }: Own): string | null {
  const [subject, device] = [event.subject && `s:${event.subject}`, event.device && `d:${event.device}`];
  const click = clickId && `c:${clickId}`;
  return event.type === "app.installed" ? (device ?? subject ?? click) : (subject ?? device ?? click);
}

/** The touch that an event belongs to, were it to count. */
function bestTouch(event: Reported, step: string, owned: Own | null, known: Known): Own | null {
  const mine = owned !== null && known.reaches(owned, event) ? owned : null;
  const who = step === "creators" || step === "purchases" ? identities(event).slice(0, 1) : identities(event);
  const last = lastTouch(known, who, event);
  return mine !== null && (last === null || mine.at >= last.at) ? mine : last;
}

/** Under which names an event counts; none of them may have counted before. */
function namesOf(event: Reported, step: string, best: Own): string[] {
  if (step === "purchases") return [];
  const names = [`${step} ${personOf(event, best) ?? event.id}`];
  return step === "installs" && best.clickId !== null ? [...names, `click ${best.clickId}`] : names;
}

function earn({ revenues }: Actuals, { currency, amountMinor }: Reported): void {
  if (currency !== null) revenues[currency] = (revenues[currency] ?? 0) + (amountMinor ?? 0);
}

function countSteps(
  events: Reported[],
  own: Map<string, Own | null>,
  known: Known,
  campaigns: Map<string, Actuals>,
): Map<string, string> {
  const counted = new Set<string>();
  const steps = new Map<string, string>();
  for (const event of events.filter(({ type }) => type in STEPS)) {
    const step = STEPS[event.type as StepType];
    const best = bestTouch(event, step, own.get(event.id) ?? null, known);
    if (best === null) continue;
    const names = namesOf(event, step, best);
    if (names.some((name) => counted.has(name))) continue;
    for (const name of names) counted.add(name);
    steps.set(event.id, best.campaign);
    const sums = sumsOf(campaigns, best.campaign);
    sums[step] += 1;
    if (step === "purchases") earn(sums, event);
  }
  return steps;
}

const payerOf = ({ subject, device }: EventRow) => subject ?? device;

/** Whether a chargeback that names no purchase may be of this one, of which so much is left. */
function mayBeOf(back: Reported, bought: Reported, left: number): boolean {
  const isEqual = bought.currency === back.currency && bought.amountMinor === back.amountMinor;
  const isTheirs = payerOf(back) !== null && payerOf(bought) === payerOf(back);
  const isBefore = bought.at <= back.at && bought.receivedAt <= back.receivedAt;
  return isEqual && isTheirs && isBefore && left === bought.amountMinor;
}

/** Takes chargebacks back, in the order of their reports, of what is left of the attributed purchases. */
function takeBack(
  events: Reported[],
  steps: ReadonlyMap<string, string>,
  campaigns: Map<string, Actuals>,
): void {
  const bought = events.filter(({ id, type }) => type === "purchase.completed" && steps.has(id));
  const left = new Map(bought.map(({ id, amountMinor }) => [id, amountMinor ?? 0]));
  for (const back of events.filter(({ type }) => type === "purchase.charged_back")) {
    const { purchase } = dataOf(back);
    const possible = bought.filter((one) =>
      purchase === undefined ? mayBeOf(back, one, left.get(one.id) ?? 0) : one.id === purchase,
    );
    const taken = possible.toSorted((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))[0];
    if (taken === undefined) continue;
    const rest = left.get(taken.id) ?? 0;
    const amount = back.currency === taken.currency ? Math.min(rest, back.amountMinor ?? 0) : rest;
    left.set(taken.id, rest - amount);
    if (amount > 0) payBack(sumsOf(campaigns, steps.get(taken.id) ?? ""), taken.currency ?? "", amount);
  }
}

function payBack(sums: Actuals, currency: string, amount: number): void {
  sums.chargebacks += 1;
  sums.charged_back[currency] = (sums.charged_back[currency] ?? 0) + amount;
  sums.revenues[currency] = (sums.revenues[currency] ?? 0) - amount;
}
