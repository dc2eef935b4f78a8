"use client";

import { ActionIcon, Checkbox, NumberInput, Select } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import classes from "#app/(console)/[workspace]/regions/regions.module.css";
import { metricWords } from "#app/(console)/[workspace]/regions/words.ts";
import type { Rule } from "#lib/regions/schema.ts";
import { COMPARISONS, RISK_METRICS } from "#lib/regions/vocabulary.ts";

const METRICS = RISK_METRICS.map((value) => ({ value, label: metricWords(value) }));

type Props = {
  rule: Rule;
  /** From 1: names its inputs. */
  place: number;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
};

/** One rule as inputs. */
export function RuleRow({ rule, place, onChange, onRemove }: Props) {
  const name = (what: string) => `${what} of rule ${place}`;
  const number = (value: string | number) => (value === "" ? 0 : Number(value));
  return (
    <div className={classes.rule} role="group" aria-label={`Rule ${place}`}>
      <Select
        aria-label={name("Metric")}
        data={METRICS}
        value={rule.metric}
        onChange={(value) =>
          onChange({ ...rule, metric: METRICS.find((one) => one.value === value)?.value ?? rule.metric })
        }
        allowDeselect={false}
      />
      <Select
        aria-label={name("Comparison")}
        data={[...COMPARISONS]}
        value={rule.comparison}
        onChange={(value) => onChange({ ...rule, comparison: value === "below" ? "below" : "above" })}
        allowDeselect={false}
      />
      <NumberInput
        aria-label={name("Threshold")}
        value={rule.threshold}
        onChange={(value) => onChange({ ...rule, threshold: number(value) })}
        min={0}
        decimalScale={4}
        hideControls
      />
      <NumberInput
        aria-label={name("Points")}
        value={rule.points}
        onChange={(value) => onChange({ ...rule, points: number(value) })}
        min={0}
        max={99}
        allowDecimal={false}
      />
      <Checkbox
        label="Trip"
        aria-label={name("Trip")}
        checked={rule.trip}
        onChange={(event) => onChange({ ...rule, trip: event.currentTarget.checked })}
      />
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove rule ${place}`} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </div>
  );
}
