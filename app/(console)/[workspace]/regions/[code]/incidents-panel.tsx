"use client";

import { Badge, Group, Stack, Textarea } from "@mantine/core";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { FactorList } from "#app/(console)/[workspace]/regions/[code]/factor-list.tsx";
import classes from "#app/(console)/[workspace]/regions/regions.module.css";
import { ConfirmForm } from "#components/confirm-form.tsx";
import type { FormAction } from "#components/form-state.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { Incident } from "#lib/regions/incidents.ts";

type Props = {
  incidents: readonly Incident[];
  /** Null for who may not answer. */
  answer: { note: FormAction; close: FormAction } | null;
};

const number = (value: unknown) => (typeof value === "number" ? value.toLocaleString("en") : "–");

function Report({ incident }: { incident: Incident }) {
  const { kpis } = incident;
  const currency = String(kpis.currency ?? "USD");
  return (
    <>
      <p className={classes.muted}>
        Opened <RelativeTime at={incident.openedAt} /> with {incident.score} points
        {incident.tripped ? " and a trip" : ""}, by scorecard version {incident.scorecardVersion}.{" "}
        {incident.pausedAt === null ? (
          "The engine didn't pause the country."
        ) : (
          <>
            The engine paused the country <RelativeTime at={incident.pausedAt} />; it won't again while this
            incident is open.
          </>
        )}
      </p>
      <FactorList factors={incident.factors} currency={currency} />
      <p className={classes.muted}>
        The 24 hours before: {number(kpis.active_users)} active users, {number(kpis.installs)} installs,{" "}
        {number(kpis.verified)} verified, {number(kpis.support_volume)} support tickets,{" "}
        {number(kpis.safety_incidents)} safety incidents, {number(kpis.chargebacks)} chargebacks.
      </p>
    </>
  );
}

function Answers({ incident, note, close }: { incident: Incident; note: FormAction; close: FormAction }) {
  return (
    <Group gap="xs">
      <ConfirmForm
        trigger={{ label: "Add a note", variant: "default", size: "xs" }}
        title="Add a note"
        action={note}
        hidden={{ id: incident.id }}
        reason="none"
        submitLabel="Add"
        doneMessage="The note is added"
      >
        {(problem) => (
          <Textarea
            label="Note"
            description="Stays with the report and goes into the audit trail."
            name="body"
            autosize
            minRows={3}
            maxLength={4000}
            error={problem("body")}
            required
            withAsterisk={false}
            data-autofocus
          />
        )}
      </ConfirmForm>
      {incident.closed === null && (
        <ConfirmForm
          trigger={{ label: "Close", variant: "default", size: "xs" }}
          title="Close this incident"
          explanation="If the country is open and its risk is still critical, the engine opens a new incident and pauses it in the next hour."
          action={close}
          hidden={{ id: incident.id, expected_version: incident.version }}
          submitLabel="Close the incident"
          doneMessage="The incident is closed"
        />
      )}
    </Group>
  );
}

/** The incidents of a country, newest first: the report of each, and what people wrote. */
export function IncidentsPanel({ incidents, answer }: Props) {
  return (
    <section className={panel.panel} aria-labelledby="incidents">
      <div className={panel.head}>
        <h2 id="incidents" className={panel.title}>
          Incidents
        </h2>
      </div>
      {incidents.length === 0 && <p className={panel.note}>Its risk has never been critical.</p>}
      <Stack gap="xl">
        {incidents.map((incident) => (
          <article key={incident.id} aria-label={`Incident of ${incident.openedAt}`}>
            <Group justify="space-between" mb={6}>
              {incident.closed === null ? (
                <Badge tt="none" color="red">
                  Open
                </Badge>
              ) : (
                <span className={classes.muted}>
                  Closed <RelativeTime at={incident.closed.at} /> by {incident.closed.by}:{" "}
                  {incident.closed.because}
                </span>
              )}
              {answer !== null && <Answers incident={incident} {...answer} />}
            </Group>
            <Report incident={incident} />
            <ul className={classes.list}>
              {incident.notes.map((one) => (
                <li key={one.id}>
                  {one.body}{" "}
                  <span className={classes.muted}>
                    {one.author}, <RelativeTime at={one.at} />
                  </span>
                </li>
              ))}
            </ul>
          </article>
        ))}
      </Stack>
    </section>
  );
}
