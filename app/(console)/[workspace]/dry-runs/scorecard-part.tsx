"use client";

import { Checkbox, Stack } from "@mantine/core";
import { useState } from "react";
import {
  cardOf,
  draftOf,
  ScorecardFields,
} from "#app/(console)/[workspace]/regions/scorecard/scorecard-fields.tsx";
import type { Scorecard } from "#lib/regions/scorecard.ts";

/** The scorecard in force as a draft, tried only when it is asked for. */
export function ScorecardPart({ card, currency }: { card: Scorecard; currency: string }) {
  const [tried, setTried] = useState(false);
  const [draft, setDraft] = useState(() => draftOf(card));
  return (
    <Stack gap="md">
      <Checkbox
        label="Try this scorecard"
        checked={tried}
        onChange={(event) => setTried(event.currentTarget.checked)}
      />
      {tried && <input type="hidden" name="card" value={JSON.stringify(cardOf(draft))} />}
      {tried && <ScorecardFields draft={draft} onChange={setDraft} currency={currency} />}
    </Stack>
  );
}
