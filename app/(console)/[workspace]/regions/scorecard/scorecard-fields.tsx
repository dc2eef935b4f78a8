"use client";

import { Button, Group, NumberInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import classes from "#app/(console)/[workspace]/regions/regions.module.css";
import { RuleRow } from "#app/(console)/[workspace]/regions/scorecard/rule-row.tsx";
import type { Rule, ScorecardInput } from "#lib/regions/schema.ts";

/** A scorecard while it is edited: each rule has an id of its own, so that one can be taken out. */
export type Draft = Omit<ScorecardInput, "rules"> & { rules: { id: number; rule: Rule }[] };

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

/** A draft that begins with a scorecard. */
export function draftOf(card: ScorecardInput): Draft {
  const { minimum_active_users, medium_from, high_from, critical_from } = card;
  const rules = card.rules.map((rule, id) => ({ id, rule }));
  return { minimum_active_users, medium_from, high_from, critical_from, rules };
}

/** The scorecard that a draft comes to. */
export function cardOf(draft: Draft): ScorecardInput {
  return { ...draft, rules: draft.rules.map(({ rule }) => rule) };
}

type Props = { draft: Draft; onChange: (next: (now: Draft) => Draft) => void; currency: string };

/** A draft as inputs: a row a rule, and the levels. */
export function ScorecardFields({ draft, onChange, currency }: Props) {
  const setRule = (id: number, rule: Rule) =>
    onChange((now) => ({ ...now, rules: now.rules.map((one) => (one.id === id ? { id, rule } : one)) }));
  const remove = (id: number) =>
    onChange((now) => ({ ...now, rules: now.rules.filter((one) => one.id !== id) }));
  const add = () =>
    onChange((now) => {
      const id = now.rules.reduce((most, one) => Math.max(most, one.id), 0) + 1;
      return { ...now, rules: [...now.rules, { id, rule: NEW_RULE }] };
    });
  return (
    <>
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
            onChange={(value) => onChange((now) => ({ ...now, [name]: Number(value) }))}
            min={0}
            allowDecimal={false}
          />
        ))}
      </div>
    </>
  );
}
