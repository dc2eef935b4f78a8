"use client";

import { Alert, Button, Group, NumberInput, Stack } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useActionState, useState } from "react";
import { TryLastWeek } from "#app/(console)/[workspace]/dry-runs/try-last-week.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import classes from "#app/(console)/[workspace]/regions/regions.module.css";
import { PreviewTable } from "#app/(console)/[workspace]/regions/scorecard/preview-table.tsx";
import { RuleRow } from "#app/(console)/[workspace]/regions/scorecard/rule-row.tsx";
import { ActionForm } from "#components/action-form.tsx";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { type FormAction, fieldProblem, formProblem } from "#components/form-state.ts";
import type { Rule, ScorecardInput } from "#lib/regions/schema.ts";
import type { Preview, Scorecard } from "#lib/regions/scorecard.ts";

type Props = {
  slug: string;
  card: Scorecard;
  currency: string;
  preview: FormAction<Preview[]>;
  save: FormAction;
};
type Draft = Omit<ScorecardInput, "rules"> & { rules: { id: number; rule: Rule }[] };

const NUMBERS = [
  ["minimum_active_users", "Fewest active users to judge"],
  ["medium_from", "Medium from"],
  ["high_from", "High from"],
  ["critical_from", "Critical from"],
] as const;
const NEW_RULE: Rule = {
  metric: "support_volume",
  comparison: "above",
  threshold: 100,
  points: 1,
  trip: false,
};

function draftOf(card: Scorecard): Draft {
  const { minimum_active_users, medium_from, high_from, critical_from } = card;
  const rules = card.rules.map((rule, id) => ({ id, rule }));
  return { minimum_active_users, medium_from, high_from, critical_from, rules };
}

/** The scorecard as inputs. A draft can be tried on every country before it is saved as the next version. */
export function ScorecardEditor({ slug, card, currency, preview, save }: Props) {
  const [draft, setDraft] = useState(() => draftOf(card));
  const [state, tryDraft, trying] = useActionState(preview, {});
  const setRule = (id: number, rule: Rule) =>
    setDraft((now) => ({ ...now, rules: now.rules.map((one) => (one.id === id ? { id, rule } : one)) }));
  const remove = (id: number) =>
    setDraft((now) => ({ ...now, rules: now.rules.filter((one) => one.id !== id) }));
  const add = () =>
    setDraft((now) => {
      const id = now.rules.reduce((most, one) => Math.max(most, one.id), 0) + 1;
      return { ...now, rules: [...now.rules, { id, rule: NEW_RULE }] };
    });
  const text = JSON.stringify({ ...draft, rules: draft.rules.map(({ rule }) => rule) });
  const problem = formProblem(state) ?? fieldProblem(state, "card");
  return (
    <section className={panel.panel} aria-labelledby="rules">
      <div className={panel.head}>
        <h2 id="rules" className={panel.title}>
          Version {card.version}
        </h2>
      </div>
      <Stack gap="md">
        <div className={`${classes.rule} ${classes.heads}`} aria-hidden>
          <span>Metric</span>
          <span>Is</span>
          <span>Threshold</span>
          <span>Points</span>
          <span>Trip</span>
        </div>
        {draft.rules.map(({ id, rule }, index) => (
          <RuleRow
            key={id}
            rule={rule}
            place={index + 1}
            onChange={(next) => setRule(id, next)}
            onRemove={() => remove(id)}
          />
        ))}
        <Group>
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={add}>
            Add a rule
          </Button>
          <span className={classes.muted}>Revenue is in {currency}, rates are from 0 to 1.</span>
        </Group>
        <div className={classes.numbers}>
          {NUMBERS.map(([name, label]) => (
            <NumberInput
              key={name}
              label={label}
              value={draft[name]}
              onChange={(value) => setDraft((now) => ({ ...now, [name]: Number(value) }))}
              min={0}
              allowDecimal={false}
            />
          ))}
        </div>
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
        <TryLastWeek
          slug={slug}
          proposal={() => ({ scorecard: { ...draft, rules: draft.rules.map(({ rule }) => rule) } })}
        />
        <div aria-live="polite">{state.data !== undefined && <PreviewTable rows={state.data} />}</div>
      </Stack>
    </section>
  );
}
