import { IconWorld } from "@tabler/icons-react";
import { LatestChanges } from "#app/(console)/[workspace]/latest-changes.tsx";
import { AdmissionsPanel } from "#app/(console)/[workspace]/mission/admissions-panel.tsx";
import { AlertsPanel, ThrottlePanel } from "#app/(console)/[workspace]/mission/alerts-panel.tsx";
import { AttentionPanel } from "#app/(console)/[workspace]/mission/attention-panel.tsx";
import { CampaignsPanel } from "#app/(console)/[workspace]/mission/campaigns-panel.tsx";
import { CapsPanel } from "#app/(console)/[workspace]/mission/caps-panel.tsx";
import { MapPanel } from "#app/(console)/[workspace]/mission/map-panel.tsx";
import classes from "#app/(console)/[workspace]/mission/mission.module.css";
import { SequencePanel } from "#app/(console)/[workspace]/mission/sequence-panel.tsx";
import { SuccessPanel } from "#app/(console)/[workspace]/mission/success-panel.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { Switches } from "#app/(console)/[workspace]/switches.tsx";
import { TodayStats } from "#app/(console)/[workspace]/today-stats.tsx";
import { EmptyState } from "#components/empty-state.tsx";
import { LinkButton } from "#components/link-button.tsx";
import type { readMission } from "#lib/overview/mission.ts";

type Mission = Awaited<ReturnType<typeof readMission>>;
type Props = { slug: string; mission: Mission; mayPlan: boolean };

/** What happens now first, then how it does against the launch's targets, then what comes next. */
function Panels({ slug, mission, mayPlan }: Props) {
  const { countries, attention, throttle, alerts, newest, admissions, capAt, campaigns, success } = mission;
  return (
    <>
      <div className={classes.wide}>
        <MapPanel slug={slug} countries={countries} attention={attention} />
        <div className={classes.column}>
          <ThrottlePanel slug={slug} level={throttle.level} />
          <AlertsPanel slug={slug} counts={alerts} newest={newest} />
        </div>
      </div>
      <div className={classes.even}>
        <div className={classes.column}>
          <AdmissionsPanel admissions={admissions} />
          {campaigns !== null && <CampaignsPanel slug={slug} campaigns={campaigns} mayPlan={mayPlan} />}
        </div>
        <CapsPanel slug={slug} countries={countries} capAt={capAt} />
      </div>
      {success.length > 0 && <SuccessPanel success={success} />}
      <div className={classes.even}>
        {mission.sequence !== null && <SequencePanel slug={slug} steps={mission.sequence} />}
        <LatestChanges slug={slug} changes={mission.changes} />
      </div>
    </>
  );
}

/** Mission control below its heading: whether to act first, then what happens now, then the rest. */
export function MissionView({ slug, mission, mayPlan }: Props) {
  const { countries, throttle, flagsOff, attention } = mission;
  return (
    <div className={panel.stack}>
      {countries.length > 0 && <AttentionPanel slug={slug} found={attention} />}
      <Switches slug={slug} throttle={throttle} flagsOff={flagsOff} />
      <TodayStats countries={countries} />
      {countries.length === 0 ? (
        <EmptyState
          icon={<IconWorld />}
          title="No country is listed yet"
          action={<LinkButton href={`/${slug}/countries`}>Go to countries</LinkButton>}
        >
          Countries join the list first, and open when somebody activates them.
        </EmptyState>
      ) : (
        <Panels slug={slug} mission={mission} mayPlan={mayPlan} />
      )}
    </div>
  );
}
