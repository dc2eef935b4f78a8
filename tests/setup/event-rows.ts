import { askEvents } from "#lib/signals/ask-events.ts";
import type { EventRow } from "#lib/signals/parse-event.ts";
import type { TestDatabase } from "./database.ts";
import type { TestKey } from "./people.ts";

let drawn = 0;

/** An event with what tests leave out: an installation in PL, now, with an id of its own. */
export function event(partial: Partial<EventRow> = {}): EventRow {
  drawn += 1;
  return {
    type: "app.installed",
    source: "/tests",
    id: `event-${drawn}`,
    time: null,
    country: "PL",
    subject: null,
    device: null,
    ip: null,
    amountMinor: null,
    currency: null,
    value: null,
    data: null,
    ...partial,
  };
}

/** Reports events in one call of launch.report_events: its letter for each. */
export async function report(db: TestDatabase, key: TestKey, rows: EventRow[]): Promise<string> {
  const [letters] = await askEvents(db.service, [{ keyHash: key.hash, rows }]);
  return letters ?? "";
}
