"use client";

import { Alert as Notice } from "@mantine/core";
import { AlertButtons } from "#app/(console)/[workspace]/alerts/alert-buttons.tsx";
import classes from "#app/(console)/[workspace]/alerts/alerts.module.css";
import { Evidence } from "#app/(console)/[workspace]/alerts/evidence.tsx";
import { changeWords, KIND_WORDS, statusWords } from "#app/(console)/[workspace]/alerts/words.ts";
import { DetailDrawer } from "#components/detail-drawer.tsx";
import { Fact, Facts } from "#components/facts.tsx";
import { LinkButton } from "#components/link-button.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import { SeverityBadge } from "#components/severity-badge.tsx";
import { Timeline, type TimelineEntry } from "#components/timeline.tsx";
import type { AlertRow } from "#lib/alerts/alerts.ts";
import type { Assignee } from "#lib/alerts/inbox.ts";
import type { AlertChange } from "#lib/alerts/schema.ts";

export type AboutAlert = {
  slug: string;
  alert: AlertRow;
  people: readonly Assignee[];
  /** The reader. */
  me: string;
};

type Props = Omit<AboutAlert, "alert"> & {
  /** Null when there is none that the reader may see. */
  alert: AlertRow | null;
  changes: readonly AlertChange[];
  mayAnswer: boolean;
  closeHref: string;
};

const TONES: Partial<Record<AlertChange["change"], TimelineEntry["tone"]>> = {
  opened: "red",
  worsened: "red",
  reopened: "red",
  acknowledged: "blue",
  resolved: "green",
};

/** Where a kind is looked into. */
function placeOf({ kind, country, subject_id }: AlertRow): { label: string; path: string } | null {
  if (kind === "threat")
    return { label: "Open threats", path: subject_id === null ? "threats" : `threats?pattern=${subject_id}` };
  if (kind === "load") return { label: "Open load", path: "load" };
  if (kind === "job") return { label: "Open the job", path: `jobs?job=${subject_id ?? ""}` };
  if (country === null) return null;
  if (kind === "capacity") return { label: `Open ${country}`, path: `countries/${country}` };
  if (kind === "risk" || kind === "region") return { label: `Open ${country}`, path: `regions/${country}` };
  return null;
}

/** One alert in full, over the list: what it is, what it rests on, what was done about it, and what can be. */
export function AlertDrawer({ alert, changes, mayAnswer, closeHref, ...about }: Props) {
  return (
    <DetailDrawer title={alert?.title ?? "No such alert"} closeHref={closeHref}>
      {alert === null ? (
        <Notice color="yellow">There is no such alert that you may read.</Notice>
      ) : (
        <Details {...about} alert={alert} changes={changes} mayAnswer={mayAnswer} />
      )}
    </DetailDrawer>
  );
}

function Details({ alert, changes, mayAnswer, ...about }: AboutAlert & Pick<Props, "changes" | "mayAnswer">) {
  const place = placeOf(alert);
  const holder = about.people.find(({ user_id }) => user_id === alert.assigned_to)?.label;
  return (
    <>
      <div className={classes.headline}>
        <SeverityBadge severity={alert.severity} /> <span>{statusWords(alert)}</span>
      </div>
      {mayAnswer && <AlertButtons key={alert.id} {...about} alert={alert} />}
      <Facts>
        <Fact name="Kind">{KIND_WORDS[alert.kind]}</Fact>
        <Fact name="Country">{alert.country}</Fact>
        <Fact name="Opened">
          <RelativeTime at={alert.opened_at} />
        </Fact>
        <Fact name="Last fired">
          <RelativeTime at={alert.last_at} />
          {alert.occurrences > 1 && `, ${alert.occurrences} times so far`}
        </Fact>
        <Fact name="Has it">{holder}</Fact>
        <Fact name="Muted until">
          {alert.muted_until !== null && (
            <>
              <RelativeTime at={alert.muted_until} />: {alert.muted_reason}
            </>
          )}
        </Fact>
        <Fact name="Note">{alert.note}</Fact>
      </Facts>
      {place !== null && (
        <p>
          <LinkButton href={`/${about.slug}/${place.path}`} variant="default" size="xs">
            {place.label}
          </LinkButton>
        </p>
      )}
      {Object.keys(alert.evidence).length > 0 && (
        <>
          <h2 className={classes.part}>Evidence</h2>
          <Evidence of={alert.evidence} />
        </>
      )}
      <h2 className={classes.part}>History</h2>
      <Timeline
        label="History"
        entries={changes.map((change) => ({
          id: change.id,
          at: change.at,
          title: changeWords(change),
          actor: change.actor,
          reason: change.change === "assigned" ? null : change.note,
          tone: TONES[change.change] ?? "plain",
        }))}
      />
    </>
  );
}
