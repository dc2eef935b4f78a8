"use client";

import { Alert, Button, Group, Stack } from "@mantine/core";
import { useActionState, useState } from "react";
import { TriedNote } from "#app/(console)/[workspace]/dry-runs/tried-note.tsx";
import { TryLastWeek } from "#app/(console)/[workspace]/dry-runs/try-last-week.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { PreviewTable } from "#app/(console)/[workspace]/regions/scorecard/preview-table.tsx";
import {
  cardOf,
  draftOf,
  ScorecardFields,
} from "#app/(console)/[workspace]/regions/scorecard/scorecard-fields.tsx";
import { ActionForm } from "#components/action-form.tsx";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { type FormAction, fieldProblem, formProblem } from "#components/form-state.ts";
import type { ScorecardInput } from "#lib/regions/schema.ts";
import type { Preview, Scorecard } from "#lib/regions/scorecard.ts";

type Props = {
  slug: string;
  card: Scorecard;
  /** What a dry run tried, which the draft begins with. */
  tried: ScorecardInput | null;
  currency: string;
  preview: FormAction<Preview[]>;
  save: FormAction;
};
/** The scorecard as inputs. A draft can be tried on every country before it is saved as the next version. */
export function ScorecardEditor({ slug, card, tried, currency, preview, save }: Props) {
  const [draft, setDraft] = useState(() => draftOf(tried ?? card));
  const [state, tryDraft, trying] = useActionState(preview, {});
  const text = JSON.stringify(cardOf(draft));
  const problem = formProblem(state) ?? fieldProblem(state, "card");
  return (
    <section className={panel.panel} aria-labelledby="rules">
      <div className={panel.head}>
        <h2 id="rules" className={panel.title}>
          Version {card.version}
        </h2>
      </div>
      <Stack gap="md">
        {tried !== null && <TriedNote />}
        <ScorecardFields draft={draft} onChange={setDraft} currency={currency} />
        {problem !== undefined && (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        )}
        <Group justify="flex-end" gap="sm">
          <ActionForm action={tryDraft}>
            <input type="hidden" name="card" value={text} />
            <Button type="submit" variant="default" loading={trying}>
              Preview
            </Button>
          </ActionForm>
          <ConfirmForm
            trigger={{ label: "Save" }}
            title="Save the scorecard"
            explanation="It judges from the next evaluation on. Scores that were given stay as they are."
            action={save}
            hidden={{ card: text, expected_version: card.version }}
            submitLabel="Save as the next version"
            doneMessage="The scorecard is saved"
          />
        </Group>
        <TryLastWeek slug={slug} proposal={() => ({ scorecard: cardOf(draft) })} />
        <div aria-live="polite">{state.data !== undefined && <PreviewTable rows={state.data} />}</div>
      </Stack>
    </section>
  );
}
