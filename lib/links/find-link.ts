import { Batcher } from "#lib/batch.ts";
import { texts } from "#lib/db/array-text.ts";
import { connect, isConnectionLost, type Sql } from "#lib/db/connect.ts";
import type { CountryCode } from "#lib/launch/country-codes.ts";

/** A link as the redirect needs it. */
export interface FoundLink {
  id: string;
  /** Where it leads, up to the click's id. */
  target: Target;
  /** Where people wait; null: the link's own page. */
  waiting: Target | null;
  country: CountryCode;
  timeZone: string;
  /** Whether the country lets people in: open, or why it doesn't. */
  door: "open" | "paused" | "not_launched" | "throttled" | "cap_reached" | "queued";
  /** Milliseconds since 1970, where it is known. */
  opensAt: number | null;
}

/** An address that takes a click's id: between before and after. */
export interface Target {
  before: string;
  after: string;
}

interface Row {
  slug: string;
  id: string;
  destination: string;
  waiting_url: string | null;
  country: CountryCode;
  time_zone: string;
  door: FoundLink["door"];
  opens_at: Date | null;
}

interface Entry {
  link: FoundLink | null;
  /** When it was read, in milliseconds of performance.now(). */
  at: number;
  renewing: boolean;
}

/** A link is as old as this without a look; as old as that it is given and renewed meanwhile; older it is read first. */
const FRESH = 1000;
const RENEWED = 2000;
/** How old a link may be while the database is away. */
const KEPT = 600_000;
const MOST_LINKS = 10_000;
const READ_WITHIN = 2000;

interface Finder {
  sql: Sql;
  batcher: Batcher<string, FoundLink | null>;
  links: Map<string, Entry>;
}
const shared: { gantryLinks?: Finder } = globalThis as typeof shared;

const PARAMETER = "gty_click";

/** Splits a stored address where the click's id goes: at the end of its query, before a fragment. */
export function targetOf(address: string): Target {
  const url = new URL(address);
  if (url.searchParams.has(PARAMETER)) url.searchParams.delete(PARAMETER);
  const after = url.hash;
  url.hash = "";
  const joint = url.search === "" ? (url.href.endsWith("?") ? "" : "?") : "&";
  return { before: `${url.href}${joint}${PARAMETER}=`, after };
}

function linkOf(row: Row): FoundLink {
  return {
    id: row.id,
    target: targetOf(row.destination),
    waiting: row.waiting_url === null ? null : targetOf(row.waiting_url),
    country: row.country,
    timeZone: row.time_zone,
    door: row.door,
    opensAt: row.opens_at === null ? null : row.opens_at.getTime(),
  };
}

async function read(sql: Sql, slugs: string[]): Promise<(FoundLink | null)[]> {
  const rows = await sql<Row[]>`select * from launch.find_links(${texts(slugs)}::text::text[])`;
  const found = new Map(rows.map((row) => [row.slug, linkOf(row)]));
  return slugs.map((slug) => found.get(slug) ?? null);
}

function finder(): Finder {
  if (shared.gantryLinks !== undefined) return shared.gantryLinks;
  const renew = () => {
    const old = made.sql;
    made.sql = connect("links", 1);
    void old.end({ timeout: 0 });
  };
  const made: Finder = {
    sql: connect("links", 1),
    links: new Map(),
    batcher: new Batcher<string, FoundLink | null>({
      send: async (slugs) => {
        try {
          return await read(made.sql, slugs);
        } catch (error) {
          if (isConnectionLost(error)) renew();
          throw error;
        }
      },
      maxBatch: 500,
      maxQueue: 10_000,
      deadline: READ_WITHIN,
      onStuck: renew,
    }),
  };
  shared.gantryLinks = made;
  return made;
}

/** Waits for the look under way, then closes its connection. */
export async function closeLinks(): Promise<void> {
  const open = shared.gantryLinks;
  if (open === undefined) return;
  await open.batcher.drain();
  await open.sql.end({ timeout: 5 });
}

async function renewed(slug: string, entry: Entry | undefined): Promise<FoundLink | null> {
  const { links, batcher } = finder();
  if (entry !== undefined) entry.renewing = true;
  try {
    const link = await batcher.ask(slug);
    // What is oldest makes room, so that made-up slugs can't fill the memory.
    if (links.size >= MOST_LINKS) links.delete(links.keys().next().value ?? "");
    links.delete(slug);
    links.set(slug, { link, at: performance.now(), renewing: false });
    return link;
  } catch (error) {
    if (entry === undefined || performance.now() - entry.at > KEPT) throw error;
    return entry.link;
  } finally {
    if (entry !== undefined) entry.renewing = false;
  }
}

/**
 * The link of a slug, or null. What a member or the engine changed holds after two seconds at most; while the database is away a link that
 * was followed in the last ten minutes still leads on. Throws unavailable.
 */
export async function findLink(slug: string): Promise<FoundLink | null> {
  const entry = finder().links.get(slug);
  if (entry === undefined) return renewed(slug, undefined);
  const age = performance.now() - entry.at;
  if (age < FRESH) return entry.link;
  if (age >= RENEWED) return renewed(slug, entry);
  if (!entry.renewing) void renewed(slug, entry).catch(() => undefined);
  return entry.link;
}
