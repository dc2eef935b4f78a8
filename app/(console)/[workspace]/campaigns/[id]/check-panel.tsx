import { FitButton } from "#app/(console)/[workspace]/campaigns/[id]/campaign-moves.tsx";
import classes from "#app/(console)/[workspace]/campaigns/campaigns.module.css";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { formatCount } from "#components/number-format.ts";
import { phaseLabel } from "#components/phase-badge.tsx";
import { TimeChart } from "#components/time-chart.tsx";
import type { Campaign, CampaignCheck } from "#lib/campaigns/schema.ts";
import type { Phase } from "#lib/launch/vocabulary.ts";

type Props = {
  slug: string;
  campaign: Campaign;
  check: CampaignCheck;
  hours: { at: number; registrations: number }[];
  timeZone: string;
  mayManage: boolean;
};

function reasons({ phase, throttle_level: level, overrun }: CampaignCheck): string[] {
  const closed = !["alpha", "soft", "public"].includes(phase);
  return [
    ...(closed ? [`The country is ${phaseLabel(phase as Phase).toLowerCase()}.`] : []),
    ...(level >= 2 ? [`The throttle is at level ${level}.`] : []),
    ...overrun.map(
      ({ day, expected, room }) =>
        `${day}: ${formatCount(expected)} expected, room for ${formatCount(room)}.`,
    ),
  ];
}

function Fits({ slug, campaign, check }: Pick<Props, "slug" | "campaign" | "check">) {
  const { fits } = check;
  if (fits === null) return null;
  const button = (label: string, sets: Record<string, string | number>) => (
    <FitButton slug={slug} id={campaign.id} version={campaign.version} label={label} sets={sets} />
  );
  return (
    <div className={classes.buttons} role="group" aria-label="What would fit">
      {fits.even && button("Spread it evenly", { shape: "even" })}
      {fits.later_days !== null &&
        button(`Start ${fits.later_days} ${fits.later_days === 1 ? "day" : "days"} later`, {
          later_days: fits.later_days,
        })}
      {fits.sub_quota !== null &&
        button(`Keep ${formatCount(fits.sub_quota)} a day for it`, { sub_quota: fits.sub_quota })}
      {fits.installs > 0 &&
        button(`Plan ${formatCount(fits.installs)} installs`, { expected_installs: fits.installs })}
    </div>
  );
}

/** Whether the campaign fits what its country can take, why not, and what would. */
export function CheckPanel({ slug, campaign, check, hours, timeZone, mayManage }: Props) {
  const why = reasons(check);
  return (
    <section className={panel.panel} aria-labelledby="capacity">
      <div className={panel.head}>
        <h2 id="capacity" className={panel.title}>
          {check.verdict === "fits" ? "It fits" : "It does not fit"}
        </h2>
      </div>
      {why.length > 0 && (
        <ul className={classes.overrun}>
          {why.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {mayManage && ["draft", "scheduled"].includes(campaign.status) && (
        <Fits slug={slug} campaign={campaign} check={check} />
      )}
      {hours.length > 0 && (
        <TimeChart
          label="Registrations expected by the hour"
          points={hours}
          series={[{ key: "registrations", label: "Registrations an hour", kind: "step" }]}
          timeZone={timeZone}
          height={200}
        />
      )}
      <p className={panel.note}>
        {check.base_known
          ? "Held against the cap of each local day, less what was used, what the country's own history says will come, and other campaigns."
          : "The country has no history to forecast from yet, so only caps and other campaigns count."}
      </p>
    </section>
  );
}
