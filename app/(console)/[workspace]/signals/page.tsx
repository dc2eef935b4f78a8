import { IconAntenna } from "@tabler/icons-react";
import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { IntakeChart, IntakeStats } from "#app/(console)/[workspace]/signals/events-panel.tsx";
import { MeasurementsTable, PullsTable } from "#app/(console)/[workspace]/signals/measurements-table.tsx";
import classes from "#app/(console)/[workspace]/signals/signals.module.css";
import { TypesTable } from "#app/(console)/[workspace]/signals/types-table.tsx";
import { UnknownTable } from "#app/(console)/[workspace]/signals/unknown-table.tsx";
import { EmptyState } from "#components/empty-state.tsx";
import { LinkButton } from "#components/link-button.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { asUser } from "#lib/db/as-user.ts";
import {
  readIntake,
  readIntakeSlots,
  readLastMeasurements,
  readPulls,
  readUnknownTypes,
} from "#lib/signals/intake.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Signals" };

const FIRST_EVENT = `curl -X POST "$GANTRY_URL/api/v1/events" \\
  -H "Authorization: Bearer $GANTRY_KEY" -H "Content-Type: application/cloudevents+json" \\
  -d '{"specversion":"1.0","id":"sign-up-42","source":"/accounts","type":"registration.completed",
       "subject":"account-42","data":{"country":"PL","device":"device-7"}}'`;

type Props = { params: Promise<{ workspace: string }> };

/** The page before anything came: the call that sends the first event. */
function NothingYet() {
  return (
    <>
      <EmptyState
        icon={<IconAntenna />}
        title="Nothing has come in for 7 days"
        action={
          <LinkButton href="/docs#report_events" variant="default">
            Every type and field
          </LinkButton>
        }
      >
        KPIs, risk and the threat shield work from what the product reports. An API key with the scope{" "}
        <code>signals.report</code> sends the first event:
      </EmptyState>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre className={classes.sample} tabIndex={0}>
        {FIRST_EVENT}
      </pre>
    </>
  );
}

function Part({ title, note, children }: { title: string; note: ReactNode; children: ReactNode }) {
  return (
    <div>
      <h2 className={panel.title}>{title}</h2>
      <p className={panel.note} style={{ marginBottom: 10 }}>
        {note}
      </p>
      {children}
    </div>
  );
}

/** What the product reports: events by type and what was wrong with them, measurements and how old they are, and what is pulled. */
export default async function SignalsPage({ params }: Props) {
  const { workspace: slug } = await params;
  const member = await requireMember(slug);
  if (!member.permissions.includes("load.read")) {
    return <NoAccess slug={slug}>What the product reports is watched by others.</NoAccess>;
  }
  const { id } = member.workspace;
  const { types, slots, unknown, measurements, pulls } = await asUser(member.claims, async (tx) => ({
    types: await readIntake(tx, id),
    slots: await readIntakeSlots(tx, id),
    unknown: await readUnknownTypes(tx, id),
    measurements: await readLastMeasurements(tx, id),
    pulls: await readPulls(tx, id),
  }));
  const hasEvents = types.some((type) => type.last_at !== null || type.problem_at !== null);
  return (
    <>
      <PageHeader
        title="Signals"
        badge={<LiveRefresh slug={slug} />}
        description="What the product reports, and what became of it: counts are at most ten seconds behind."
      />
      <div className={panel.stack}>
        {hasEvents ? (
          <>
            <IntakeStats types={types} />
            <IntakeChart slots={slots} now={Date.now()} />
            <Part
              title="Events by type, 24 hours"
              note="Late came more than an hour after it happened and counts in its own hour. What was seen before by source and id is repeated and counts once."
            >
              <TypesTable types={types} />
            </Part>
          </>
        ) : (
          <NothingYet />
        )}
        {unknown.length > 0 && (
          <Part
            title="Unknown types"
            note="Counted by UTC day and not kept: no KPI, rule or gate sees them. Rename them to one of ours in the product, or put ours behind a prefix such as com.example."
          >
            <UnknownTable rows={unknown} />
          </Part>
        )}
        <Part
          title="Measurements"
          note={
            <>
              Stale is older than five minutes. Limits, levels and what follows are on{" "}
              <Link href={`/${slug}/load`}>Load</Link>.
            </>
          }
        >
          {measurements.length === 0 ? (
            <p className={classes.none}>None was reported or pulled in the last 7 days.</p>
          ) : (
            <MeasurementsTable rows={measurements} />
          )}
        </Part>
        {pulls.length > 0 && (
          <Part
            title="Pulled from Prometheus"
            note={
              <>
                Asked each minute by the job <Link href={`/${slug}/jobs?job=load-gate`}>load-gate</Link>.
              </>
            }
          >
            <PullsTable rows={pulls} />
          </Part>
        )}
      </div>
    </>
  );
}
