import { v7 } from "uuid";
import type { EventRow } from "#lib/signals/parse-event.ts";
import { Random } from "#simulate/random.ts";
import type { TestClick, TestLink } from "#tests/setup/campaigns.ts";
import { event } from "#tests/setup/event-rows.ts";

/** Clicks and events as they are reported, batch by batch, each at its own instant. */
export interface Batch {
  /** Milliseconds since 1970. */
  at: number;
  clicks: TestClick[];
  events: EventRow[];
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** Distances from a touch to what follows: the windows' edges, a millisecond to either side, and what lies between. */
const AFTER = [
  -DAY,
  -1,
  0,
  1,
  MINUTE,
  3 * DAY,
  7 * DAY - 1,
  7 * DAY,
  7 * DAY + 1,
  20 * DAY,
  30 * DAY - 1,
  30 * DAY,
  30 * DAY + 1,
  40 * DAY,
];
const TYPES = [
  "app.installed",
  "registration.completed",
  "creator.registered",
  "purchase.completed",
] as const;
/** Minutes by which a report lags: seldom hours or days. Half a minute: a touch may be reported just after what follows it. */
const LAGS = [0, 0, 0, 0, 0, 0.5, 0.5, 1, 2, 5, 45, 600, 3000];

interface Dated<T> {
  reportedAt: number;
  what: T;
}

interface Touched {
  at: number;
  link: TestLink;
  clickId: string | null;
}

const pick = <T>(random: Random, from: readonly T[]): T => {
  const chosen = from[random.between(0, from.length - 1)];
  if (chosen === undefined) throw new Error("nothing to pick from");
  return chosen;
};

/** What a person of the log reports. */
interface Story {
  clicks: Dated<TestClick>[];
  events: Dated<EventRow>[];
}
interface Who {
  subject: string;
  device: string;
}

/**
 * A log of 50 days in which few people and devices meet few links again and again, so that every rule has its chances: two campaigns at one
 * person, clicks without an install, steps before their click and at the windows' edges, repeated and late reports, events of strangers.
 */
export function makeLog(seed: number, from: number, links: readonly TestLink[]): Batch[] {
  const random = new Random(seed);
  const story: Story = { clicks: [], events: [] };
  for (let person = 0; person < 24; person += 1) {
    const who = { subject: `account-${person}`, device: `device-${person - (person % 2)}` };
    const touches = Array.from({ length: random.between(0, 3) }, () =>
      touchOf(random, links, from + random.between(2 * DAY, 12 * DAY)),
    );
    for (const touch of touches) tellTouch(random, story, touch, who);
    for (let n = random.between(2, 9); n > 0; n -= 1)
      tellStep(random, story, stepOf(random, touches, who, from), from);
  }
  return batches(random, story);
}

const report = (random: Random, { events }: Story, row: EventRow) =>
  events.push({ reportedAt: (row.time ?? 0) + pick(random, LAGS) * MINUTE, what: row });

function tellTouch(random: Random, story: Story, touch: Touched, who: Who): void {
  if (touch.clickId === null) report(random, story, touchEvent(random, touch, who));
  else
    story.clicks.push({
      reportedAt: touch.at + pick(random, [0, 0, 0, 0, MINUTE, DAY]),
      what: { id: touch.clickId, link: touch.link.id },
    });
}

function tellStep(random: Random, story: Story, row: EventRow, from: number): void {
  if (row.time === null || row.time < from || row.time > from + 50 * DAY) return;
  report(random, story, row);
  if (row.type === "purchase.completed")
    for (let n = pick(random, [0, 0, 1, 2]); n > 0; n -= 1) report(random, story, chargebackOf(random, row));
  // The same event again, and the same step as an event of its own.
  if (random.chance(0.15)) report(random, story, row);
  if (random.chance(0.2)) report(random, story, { ...row, id: `${row.id}-again`, time: row.time + MINUTE });
}

function touchOf(random: Random, links: readonly TestLink[], at: number): Touched {
  const link = pick(random, links);
  return { at, link, clickId: random.chance(0.7) ? v7({ msecs: at, random: bytes(random) }) : null };
}

/** A chargeback of a purchase: named or not, of all or a part of it, seldom in another currency, once in a while of another account's. */
function chargebackOf(random: Random, bought: EventRow): EventRow {
  const isNamed = random.chance(0.6);
  const part = random.chance(isNamed ? 0.4 : 0.1) ? 0.4 : 1;
  return event({
    type: "purchase.charged_back",
    time: (bought.time ?? 0) + pick(random, [0, MINUTE, DAY, 9 * DAY]),
    subject: bought.subject,
    device: bought.device,
    amountMinor: Math.round((bought.amountMinor ?? 0) * part),
    currency: random.chance(0.9) ? bought.currency : "CZK",
    data: isNamed ? JSON.stringify({ purchase: bought.id }) : null,
  });
}

const bytes = (random: Random) => Uint8Array.from({ length: 16 }, () => random.between(0, 255));

function touchEvent(random: Random, { at, link }: Touched, who: Who): EventRow {
  const names = random.chance(0.5)
    ? { campaign: "of the link", link: link.slug }
    : { campaign: link.campaign };
  return event({
    type: "campaign.touched",
    time: at,
    subject: random.chance(0.8) ? who.subject : null,
    device: random.chance(0.5) ? who.device : null,
    data: JSON.stringify(names),
  });
}

function dataOf(random: Random, touch: Touched | null, time: number): string | null {
  if (touch !== null && touch.clickId !== null && random.chance(0.5))
    return JSON.stringify({ click_id: touch.clickId });
  if (random.chance(0.05)) return JSON.stringify({ click_id: v7({ msecs: time, random: bytes(random) }) });
  return random.chance(0.1) ? '{"click_id": "of another tool"}' : null;
}

function stepOf(random: Random, touches: Touched[], who: Who, from: number): EventRow {
  const type = pick(random, TYPES);
  const touch = touches.length > 0 && random.chance(0.9) ? pick(random, touches) : null;
  const time = touch === null ? from + random.between(2 * DAY, 45 * DAY) : touch.at + pick(random, AFTER);
  const hasAccount = type !== "app.installed" && random.chance(0.9);
  return event({
    type,
    time,
    subject: hasAccount ? who.subject : null,
    device: random.chance(0.7) ? who.device : null,
    data: dataOf(random, touch, time),
    ...(type === "purchase.completed" && {
      amountMinor: pick(random, [500, 990, random.between(1, 5000)]),
      currency: pick(random, ["PLN", "EUR"]),
    }),
  });
}

/** Reports in order, those of one half minute together. */
function batches(random: Random, { clicks, events }: Story): Batch[] {
  const made = new Map<number, Batch>();
  const at = (instant: number): Batch => {
    const rounded = Math.ceil(instant / (MINUTE / 2)) * (MINUTE / 2);
    const batch = made.get(rounded) ?? { at: rounded, clicks: [], events: [] };
    made.set(rounded, batch);
    return batch;
  };
  for (const { reportedAt, what } of clicks) at(reportedAt).clicks.push(what);
  for (const { reportedAt, what } of events) at(reportedAt).events.push(what);
  for (const batch of made.values()) batch.events.sort(() => random.next() - 0.5);
  return [...made.values()].toSorted((one, other) => one.at - other.at);
}
