import { v7 } from "uuid";
import type { TestDatabase } from "./database.ts";
import { asPerson, type Workspace } from "./people.ts";

/** A tracked link of a campaign. */
export interface TestLink {
  id: string;
  slug: string;
  campaign: string;
}

let drawn = 0;

/** Makes a campaign, of PL unless said otherwise. Returns its id. */
export async function newCampaign(
  db: TestDatabase,
  workspace: Workspace,
  {
    slug,
    country = "PL",
    windows = [7, 30],
  }: { slug?: string; country?: string; windows?: [number, number] } = {},
): Promise<string> {
  drawn += 1;
  const [made] = await db.owner<{ id: string }[]>`
    insert into launch.campaigns (workspace_id, name, slug, country, status, starts_at, ends_at, install_window_days, later_window_days)
    values (${workspace.id}, ${`Campaign ${drawn}`}, ${slug ?? `campaign-${drawn}`}, ${country}, 'live', launch.now(), launch.now() + interval '7 days',
      ${windows[0]}, ${windows[1]})
    returning id`;
  if (made === undefined) throw new Error("no campaign was made");
  return made.id;
}

/** Makes a link of a campaign that leads to example.com unless said otherwise. */
export async function newLink(
  db: TestDatabase,
  workspace: Workspace,
  campaign: string,
  {
    slug = null,
    destination = "https://example.com/app",
    waiting = null,
  }: { slug?: string | null; destination?: string; waiting?: string | null } = {},
): Promise<TestLink> {
  const [made] = await asPerson(
    db,
    workspace.owner,
    (sql) => sql<{ id: string; slug: string }[]>`
      select id, slug from launch.create_campaign_link(${workspace.id}, ${campaign}, ${slug}::text, 'A link', ${destination}, ${waiting}::text)`,
  );
  if (made === undefined) throw new Error("no link was made");
  return { ...made, campaign };
}

/** A click's id of this time. */
export const clickId = (at: string | number): string => v7({ msecs: new Date(at).getTime() });

/** What is left out of a click: a person's, from an address of its own, through an open door. */
export interface TestClick {
  id: string;
  link: string;
  country?: string | null;
  bot?: string | null;
  door?: string;
  visitor?: string | null;
}

/** Keeps clicks as the redirect does. Returns how many were new. */
export async function click(db: TestDatabase, clicks: TestClick[]): Promise<number> {
  const [row] = await db.service<{ kept: number }[]>`
    select launch.record_clicks(${clicks.map(({ link }) => link)}::uuid[], ${clicks.map(({ id }) => id)}::uuid[],
      ${clicks.map(({ country }) => country ?? null)}::text[], ${clicks.map(({ bot }) => bot ?? null)}::text[],
      ${clicks.map(({ door }) => door ?? "open")}::text[], ${clicks.map(({ id, visitor }) => (visitor === undefined ? id : visitor))}::text[]) as kept`;
  return row?.kept ?? 0;
}

/** Attributes what was reported, at once unless told how long it has to have settled. */
export async function attribute(db: TestDatabase, settle = "0"): Promise<number> {
  const [row] = await db.owner<
    { n: number }[]
  >`select launch.attribute_events(${settle}::text::interval) as n`;
  return row?.n ?? 0;
}

export interface Actuals {
  clicks: number;
  bots: number;
  visitors: number;
  waiting: number;
  installs: number;
  registrations: number;
  creators: number;
  purchases: number;
  chargebacks: number;
  revenues: Record<string, number>;
  charged_back: Record<string, number>;
}

/** A campaign's sums so far. */
export async function actuals(db: TestDatabase, campaign: string): Promise<Actuals> {
  const [row] = await db.owner<Actuals[]>`
    select clicks, bots, visitors, waiting, installs, registrations, creators, purchases, chargebacks, revenues, charged_back
    from launch.campaign_actuals where campaign_id = ${campaign}`;
  if (row === undefined) throw new Error("the campaign has no sums");
  return row;
}
