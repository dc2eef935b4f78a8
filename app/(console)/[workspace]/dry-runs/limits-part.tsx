"use client";

import { NumberInput, Select } from "@mantine/core";
import classes from "#app/(console)/[workspace]/dry-runs/dry-runs.module.css";
import type { LimitNow } from "#app/(console)/[workspace]/dry-runs/parts.ts";

const KINDS = [
  { value: "static", label: "Static" },
  { value: "adaptive", label: "Adaptive" },
];

/** A row a limit, with the number and the kind in force. */
export function LimitsPart({ limits }: { limits: readonly LimitNow[] }) {
  if (limits.length === 0) return <p>Nothing is limited yet.</p>;
  return limits.map(({ name, limit, kind }) => (
    <div key={name} className={classes.row} role="group" aria-label={name}>
      <span className={classes.name}>{name}</span>
      <NumberInput
        name={`limit ${name}`}
        label="Limit"
        placeholder="None"
        defaultValue={limit ?? ""}
        min={0}
        thousandSeparator=","
        hideControls
      />
      <Select name={`kind ${name}`} label="In force" data={KINDS} defaultValue={kind} allowDeselect={false} />
    </div>
  ));
}
