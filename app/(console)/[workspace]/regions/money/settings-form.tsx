"use client";

import { Alert, Button, Group, NumberInput, Select, Stack, Textarea } from "@mantine/core";
import { useActionState } from "react";
import panel from "#app/(console)/[workspace]/panel.module.css";
import classes from "#app/(console)/[workspace]/regions/regions.module.css";
import { ActionForm } from "#components/action-form.tsx";
import { type FormAction, fieldProblem, formProblem } from "#components/form-state.ts";
import type { RegionSettings } from "#lib/regions/settings.ts";

type Props = { settings: RegionSettings; currencies: readonly string[]; action: FormAction };
type Field = [name: Exclude<keyof RegionSettings, "reporting_currency" | "version">, label: string];

const WARNINGS: Field[] = [
  ["compare_hours", "Hours compared"],
  ["support_ratio", "Support: times the usual"],
  ["support_minimum", "Support: at least tickets"],
  ["surge_ratio", "Revenue: times the usual"],
  ["surge_minimum", "Revenue: at least"],
];
const GATE: Field[] = [
  ["gate_active_users", "Active users, at least"],
  ["gate_revenue", "Revenue a day, at least"],
  ["gate_safety_incidents", "Safety incidents a day, at most"],
  ["gate_verification_rate", "Verification rate, at least"],
  ["gate_days", "Days in the phase, at least"],
  ["gate_window_hours", "Window in hours"],
  ["gate_sample", "Fewest active users to judge"],
];

/** What regions count in, when they warn, and what the gate from soft to public asks for. */
export function SettingsForm({ settings, currencies, action }: Props) {
  const [state, submit, pending] = useActionState(action, {});
  const problem = formProblem(state);
  const numbers = (fields: readonly Field[]) => (
    <div className={classes.numbers}>
      {fields.map(([name, label]) => (
        <NumberInput
          key={name}
          label={label}
          name={name}
          defaultValue={settings[name]}
          error={fieldProblem(state, name)}
          min={0}
          decimalScale={4}
          hideControls
        />
      ))}
    </div>
  );
  return (
    <section className={panel.panel} aria-labelledby="settings">
      <div className={panel.head}>
        <h2 id="settings" className={panel.title}>
          Settings
        </h2>
      </div>
      <ActionForm action={submit} noValidate>
        <input type="hidden" name="expected_version" value={settings.version} />
        <Stack gap="lg">
          {problem !== undefined && (
            <Alert color="red" role="alert">
              {problem}
            </Alert>
          )}
          <Select
            label="Reporting currency"
            description="Days and hours are converted again. Thresholds of the scorecard and the gate stay as numbers: look at them too."
            name="reporting_currency"
            data={[...currencies]}
            defaultValue={settings.reporting_currency}
            error={fieldProblem(state, "reporting_currency")}
            searchable
            allowDeselect={false}
            maw={420}
          />
          <div>
            <h3>Warnings</h3>
            <p className={panel.note}>
              Support volume and revenue of the last hours are compared with the same hours of up to seven
              days before.
            </p>
            {numbers(WARNINGS)}
          </div>
          <div>
            <h3>Gate from soft to public</h3>
            <p className={panel.note}>A criterion must hold in every hour of the window.</p>
            {numbers(GATE)}
          </div>
          <Textarea
            label="Reason"
            description="Goes into the audit trail."
            name="reason"
            autosize
            minRows={2}
            maxLength={500}
            error={fieldProblem(state, "reason")}
            required
            withAsterisk={false}
          />
          <Group justify="flex-end" gap="sm">
            <span role="status">{state.data !== undefined && !pending ? "Saved." : ""}</span>
            <Button type="submit" loading={pending}>
              Save
            </Button>
          </Group>
        </Stack>
      </ActionForm>
    </section>
  );
}
