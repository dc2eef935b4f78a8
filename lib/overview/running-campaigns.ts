import { sql } from "drizzle-orm";
import { formatCount } from "#components/number-format.ts";
import type { Tx } from "#lib/db/service.ts";
import { countryName } from "#lib/launch/country-name.ts";
import type { CountryToday } from "#lib/launch/country-pages.ts";

/** Whether a registration would be let into a country now: open, or why not. */
export type Door = "open" | "paused" | "not_launched" | "throttled" | "cap_reached" | "queued";

/**
 * A campaign that is live, or starts within 24 hours: what it should have brought by now and what it did. Times in milliseconds. `behind`:
 * less than half of the installs expected by now, from the middle of its window on.
 */
export type RunningCampaign = {
  id: string;
  name: string;
  influencer: string | null;
  country: string;
  countryName: string;
  status: "live" | "scheduled";
  startsAt: number;
  endsAt: number;
  trafficForecast: number;
  expectedInstalls: number;
  clicksByNow: number;
  installsByNow: number;
  clicks: number;
  installs: number;
  registrations: number;
  door: Door;
  opensAt: number | null;
  behind: boolean;
};

/** Whether a campaign's country can take whom it sends: `act` when people are turned away, `watch` when they will be or nobody knows. */
export type Capacity = { weight: "act" | "watch" | "fine"; text: string };

/** From when until the end of a local day a country's cap of users is expected to be full, in milliseconds. */
export type CapTime = { country: string; at: number; until: number };

type Row = {
  id: string;
  name: string;
  influencer: string | null;
  country: string;
  status: RunningCampaign["status"];
  starts_at: string;
  ends_at: string;
  traffic_forecast: number;
  expected_installs: number;
  clicks_by_now: number;
  installs_by_now: number;
  clicks: number;
  installs: number;
  registrations: number;
  door: Door;
  opens_at: string | null;
  behind: boolean;
};

function campaignOf(row: Row): RunningCampaign {
  return {
    id: row.id,
    name: row.name,
    influencer: row.influencer,
    country: row.country,
    countryName: countryName(row.country),
    status: row.status,
    startsAt: Date.parse(row.starts_at),
    endsAt: Date.parse(row.ends_at),
    trafficForecast: row.traffic_forecast,
    expectedInstalls: row.expected_installs,
    clicksByNow: row.clicks_by_now,
    installsByNow: row.installs_by_now,
    clicks: row.clicks,
    installs: row.installs,
    registrations: row.registrations,
    door: row.door,
    opensAt: row.opens_at === null ? null : Date.parse(row.opens_at),
    behind: row.behind,
  };
}

/** The campaigns that are live and those that start within 24 hours, in that order: 50 at most. Throws forbidden. */
export async function readRunningCampaigns(tx: Tx, workspaceId: string): Promise<RunningCampaign[]> {
  const rows = await tx.execute<Row>(sql`select * from launch.read_running_campaigns(${workspaceId}::uuid)`);
  return rows.map(campaignOf);
}

function turnedAway({ countryName: name, door }: RunningCampaign): string | null {
  if (door === "paused") return `${name} is paused`;
  if (door === "not_launched") return `${name} is not open`;
  if (door === "cap_reached") return `${name} is full for today`;
  if (door === "throttled") return `${name} is throttled`;
  return null;
}

/**
 * Whether a campaign's country can take people, by its door now and the forecast of its caps. A door that opens before the campaign starts, and
 * a cap that is expected to be full outside its window alone, don't matter to it.
 */
export function capacityOf(
  campaign: RunningCampaign,
  country: CountryToday | undefined,
  capTimes: readonly CapTime[],
): Capacity {
  const closed = turnedAway(campaign);
  const opens = campaign.opensAt !== null && campaign.opensAt <= campaign.startsAt;
  if (closed !== null && !opens)
    return { weight: campaign.status === "live" ? "act" : "watch", text: closed };
  const full = capTimes.find(
    ({ country: code, at, until }) =>
      code === campaign.country && at < campaign.endsAt && until > campaign.startsAt,
  );
  const name = campaign.countryName;
  if (full !== undefined) {
    const clock = new Intl.DateTimeFormat("en-GB", {
      timeZone: country?.timeZone ?? "UTC",
      hour: "2-digit",
      minute: "2-digit",
    });
    return { weight: "watch", text: `${name} is expected to be full from ${clock.format(full.at)}` };
  }
  if (campaign.door === "queued") return { weight: "watch", text: `${name} has a queue` };
  if (campaign.status === "scheduled" || country === undefined)
    return { weight: "fine", text: `${name} is open` };
  const { cap, used } = country.gates.user;
  return { weight: "fine", text: `Room for ${formatCount(Math.max(cap - used, 0))} more users today` };
}
