import Link from "next/link";
import classes from "#app/(console)/[workspace]/mission/campaigns.module.css";
import mission from "#app/(console)/[workspace]/mission/mission.module.css";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { LinkButton } from "#components/link-button.tsx";
import { formatCount } from "#components/number-format.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { Capacity, RunningCampaign } from "#lib/overview/running-campaigns.ts";

type Shown = RunningCampaign & { capacity: Capacity };

const SHOWN = 5;

/** What came so far beside what should have by now, as two bars on one scale. */
function Progress({ campaign }: { campaign: Shown }) {
  const { name, installs, installsByNow, expectedInstalls, behind } = campaign;
  const scale = Math.max(expectedInstalls, installs, 1);
  const width = (value: number) => `${Math.min(100, (value / scale) * 100)}%`;
  const expected = Math.round(installsByNow);
  const text = `${formatCount(installs)} installs, ${formatCount(expected)} expected by now, ${formatCount(expectedInstalls)} in all`;
  return (
    <div className={classes.progress} data-behind={behind || undefined}>
      <div
        className={classes.track}
        role="meter"
        aria-label={`Installs of ${name}`}
        aria-valuemin={0}
        aria-valuemax={scale}
        aria-valuenow={installs}
        aria-valuetext={text}
        title={text}
      >
        <span className={classes.actual} style={{ width: width(installs) }} />
        <span className={classes.expected} style={{ insetInlineStart: width(installsByNow) }} />
      </div>
      <div className={classes.numbers}>
        <span>
          <strong>{formatCount(installs)}</strong> installs of {formatCount(expected)} expected by now
        </span>
        {behind && <span className={classes.behind}>Behind</span>}
      </div>
    </div>
  );
}

function Counts({ clicks, clicksByNow, registrations, endsAt }: Shown) {
  return (
    <div className={classes.counts}>
      <span>
        {formatCount(clicks)} clicks of {formatCount(Math.round(clicksByNow))}
      </span>
      <span>{formatCount(registrations)} registrations</span>
      <span>
        Ends <RelativeTime at={new Date(endsAt)} />
      </span>
    </div>
  );
}

function Campaign({ slug, campaign }: { slug: string; campaign: Shown }) {
  const { id, name, influencer, country, countryName, status, capacity, startsAt } = campaign;
  return (
    <li className={classes.campaign}>
      <div className={classes.who}>
        <Link href={`/${slug}/campaigns/${id}`} className={mission.what}>
          {name}
        </Link>
        <span className={classes.where}>
          <Link href={`/${slug}/countries/${country}`}>{countryName}</Link>
          {influencer !== null && `, ${influencer}`}
        </span>
      </div>
      {status === "live" ? (
        <>
          <Progress campaign={campaign} />
          <Counts {...campaign} />
        </>
      ) : (
        <div className={classes.counts}>
          <span>
            Starts <RelativeTime at={new Date(startsAt)} />
          </span>
          <span>{formatCount(campaign.trafficForecast)} clicks forecast</span>
          <span>{formatCount(campaign.expectedInstalls)} installs</span>
        </div>
      )}
      <div className={classes.capacity} data-weight={capacity.weight}>
        {capacity.text}
      </div>
    </li>
  );
}

function pressing({ capacity, behind, status }: Shown): number {
  if (capacity.weight === "act") return 0;
  if (status === "scheduled") return 3;
  return capacity.weight === "watch" || behind ? 1 : 2;
}

type Props = { slug: string; campaigns: readonly Shown[]; mayPlan: boolean };

/** The live campaigns against their forecast and their country's capacity, the pressing first, then those that start within a day. */
export function CampaignsPanel({ slug, campaigns, mayPlan }: Props) {
  const ordered = campaigns.toSorted((a, b) => pressing(a) - pressing(b));
  const hidden = ordered.length - SHOWN;
  return (
    <section className={panel.panel} aria-labelledby="campaigns">
      <div className={panel.head}>
        <h2 id="campaigns" className={panel.title}>
          Live campaigns
        </h2>
        <Link href={`/${slug}/campaigns`} className={mission.all}>
          All campaigns
        </Link>
      </div>
      {ordered.length === 0 && (
        <div className={classes.none}>
          <p>No campaign is live, and none starts within a day.</p>
          {mayPlan && (
            <LinkButton href={`/${slug}/campaigns`} variant="default" size="compact-sm">
              Plan a campaign
            </LinkButton>
          )}
        </div>
      )}
      <ul className={classes.campaigns}>
        {ordered.slice(0, SHOWN).map((campaign) => (
          <Campaign key={campaign.id} slug={slug} campaign={campaign} />
        ))}
      </ul>
      {hidden > 0 && <p className={panel.note}>And {hidden} more.</p>}
    </section>
  );
}
