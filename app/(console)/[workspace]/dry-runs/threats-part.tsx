"use client";

import { NumberInput, Select } from "@mantine/core";
import classes from "#app/(console)/[workspace]/dry-runs/dry-runs.module.css";
import { COUNTED, PER, ruleWords } from "#app/(console)/[workspace]/threats/words.ts";
import type { ThreatRule } from "#lib/threats/schema.ts";

/** A row a threat rule, with the numbers in force. */
export function ThreatsPart({ rules }: { rules: readonly ThreatRule[] }) {
  return rules.map((rule) => (
    <div key={rule.rule} className={classes.row} role="group" aria-label={ruleWords(rule.rule)}>
      <span className={classes.name}>{ruleWords(rule.rule)}</span>
      <NumberInput
        name={`threshold ${rule.rule}`}
        label={`At least (${COUNTED[rule.rule]})`}
        defaultValue={rule.threshold}
        min={2}
        max={1_000_000}
        allowDecimal={false}
        thousandSeparator=","
        hideControls
      />
      <NumberInput
        name={`window ${rule.rule}`}
        label="Within minutes"
        defaultValue={rule.window_minutes}
        min={1}
        max={10_080}
        allowDecimal={false}
        thousandSeparator=","
        hideControls
      />
      {rule.share !== null && (
        <NumberInput
          name={`share ${rule.rule}`}
          label="Share of payments, 0 to 1"
          defaultValue={rule.share}
          min={0}
          max={1}
          decimalScale={4}
          hideControls
        />
      )}
      {rule.share === null && rule.counts_per !== "device" && (
        <Select
          name={`per ${rule.rule}`}
          label="Counted over"
          data={PER}
          defaultValue={rule.counts_per}
          allowDeselect={false}
        />
      )}
    </div>
  ));
}
