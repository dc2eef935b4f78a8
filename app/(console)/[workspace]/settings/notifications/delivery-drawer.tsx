"use client";

import { Box, Button, Alert as Notice } from "@mantine/core";
import { IconRotate } from "@tabler/icons-react";
import { sendAgain } from "#app/(console)/[workspace]/settings/notifications/actions.ts";
import { NextTry, StateBadge } from "#app/(console)/[workspace]/settings/notifications/deliveries-table.tsx";
import { TYPE_LABELS } from "#app/(console)/[workspace]/settings/notifications/words.ts";
import classes from "#app/(console)/[workspace]/settings/settings.module.css";
import { DetailDrawer } from "#components/detail-drawer.tsx";
import { Fact, Facts } from "#components/facts.tsx";
import { runAndTell } from "#components/notices.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import { Timeline } from "#components/timeline.tsx";
import type { AttemptRow, DeliveryRow } from "#lib/delivery/deliveries.ts";

type Props = {
  slug: string;
  /** Null when there is none that the reader may see. */
  delivery: DeliveryRow | null;
  attempts: readonly AttemptRow[];
  closeHref: string;
};

/** One delivery over the list: how it stands, what the other side said each time, and sending it again. */
export function DeliveryDrawer({ slug, delivery, attempts, closeHref }: Props) {
  return (
    <DetailDrawer
      title={delivery === null ? "No such delivery" : `${TYPE_LABELS[delivery.type]} to ${delivery.channel}`}
      closeHref={closeHref}
    >
      {delivery === null ? (
        <Notice color="yellow">There is no such delivery, or it is older than 90 days.</Notice>
      ) : (
        <>
          <Box role="status" mb="md">
            <StateBadge delivery={delivery} />
          </Box>
          {delivery.state !== "pending" && delivery.channel_enabled && (
            <Button
              variant="default"
              mb="md"
              leftSection={<IconRotate size={16} aria-hidden />}
              onClick={() =>
                runAndTell(
                  sendAgain.bind(null, slug),
                  { id: delivery.id },
                  "It is sent again, under the same id",
                )
              }
            >
              Send again
            </Button>
          )}
          {delivery.state === "dead" && !delivery.channel_enabled && (
            <p className={classes.sectionLead}>
              Its channel is switched off or deleted. Switched on, it can be sent again from here.
            </p>
          )}
          <Facts>
            <Fact name="About">{delivery.about}</Fact>
            <Fact name="Message id">
              <code>msg_{delivery.message_id}</code>
            </Fact>
            <Fact name="Made">
              <RelativeTime at={delivery.created_at} />
            </Fact>
            <Fact name="Next try">{delivery.due_at !== null && <NextTry delivery={delivery} />}</Fact>
            <Fact name="Last error">{delivery.last_error}</Fact>
          </Facts>
          <h2 className={classes.part}>Attempts</h2>
          {attempts.length === 0 ? (
            <p className={classes.sectionLead}>None yet. It is sent within ten seconds of its time.</p>
          ) : (
            <Attempts attempts={attempts} />
          )}
        </>
      )}
    </DetailDrawer>
  );
}

/** "Arrived (the other side answered 200), after 12 ms". What went wrong says the answer itself; who was refused stands below. */
function attemptWords({ status, error, took_ms, refusals }: AttemptRow): string {
  if (refusals !== null && refusals.length > 0) {
    return `${error?.split(":")[0] ?? "Refused"}, after ${took_ms} ms`;
  }
  const answer = status === null ? "" : ` (the other side answered ${status})`;
  return `${error?.replace(/\.$/, "") ?? `Arrived${answer}`}, after ${took_ms} ms`;
}

/** Whom a mail did not reach, why, and whether they are tried again. */
function refusalWords(refusals: NonNullable<AttemptRow["refusals"]>): string {
  return refusals
    .map(({ recipient, response, final }) => {
      const next = final ? "not tried again" : "tried again";
      return `${recipient}: ${response.replace(/\.$/, "")} (${next})`;
    })
    .join("; ");
}

function Attempts({ attempts }: Pick<Props, "attempts">) {
  return (
    <Timeline
      label="Attempts"
      entries={attempts.map((attempt) => ({
        id: String(attempt.attempt),
        at: attempt.at,
        title: attemptWords(attempt),
        reason: attempt.refusals?.length ? refusalWords(attempt.refusals) : attempt.response,
        tone: attempt.error === null ? "green" : "red",
      }))}
    />
  );
}
