import { Button, TextInput } from "@mantine/core";
import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import classes from "#app/(console)/[workspace]/queue/queue.module.css";
import { Fact, Facts } from "#components/facts.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import { countryName } from "#lib/launch/country-name.ts";
import type { FoundTicket } from "#lib/queue/queues.ts";

type Props = { subject: string | undefined; tickets: readonly FoundTicket[] };

/** A ticket's state as people read it. */
const STATES: Record<string, string> = {
  waiting: "Waiting",
  ready: "Ready to be claimed",
  claimed: "Claimed",
  left: "Left by the person",
  passed: "Passed: not claimed in time",
  ended: "Ended with the day, or by an operator",
};

/** Finds the tickets of one subject. */
export function FoundTickets({ subject, tickets }: Props) {
  return (
    <>
      <form method="get" className={classes.find}>
        <TextInput
          name="subject"
          label="Subject"
          description="As your product named it in the check"
          defaultValue={subject ?? ""}
          maxLength={200}
        />
        <Button type="submit" variant="default">
          Find tickets
        </Button>
      </form>
      {subject !== undefined && tickets.length === 0 && (
        <p className={classes.none}>No ticket of the last 30 days is about this subject.</p>
      )}
      <div className={classes.cards}>
        {tickets.map((ticket) => (
          <div key={ticket.id} className={classes.card}>
            <Facts>
              <Fact name="State">{STATES[ticket.state] ?? ticket.state}</Fact>
              <Fact name="Queue">
                {countryName(ticket.country)},{" "}
                {OPERATION_WORDS[ticket.operation === "creator" ? "creator" : "user"].toLowerCase()}
              </Fact>
              <Fact name="Entered">
                <RelativeTime at={ticket.entered_at} />
              </Fact>
              <Fact name="Ended">{ticket.ended_at !== null && <RelativeTime at={ticket.ended_at} />}</Fact>
              <Fact name="Ticket">
                <code>{ticket.id}</code>
              </Fact>
            </Facts>
          </div>
        ))}
      </div>
    </>
  );
}
