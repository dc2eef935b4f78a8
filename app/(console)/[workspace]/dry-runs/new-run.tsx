"use client";

import { Accordion, Button, MultiSelect, NumberInput, Stack } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { CapsPart } from "#app/(console)/[workspace]/dry-runs/caps-part.tsx";
import classes from "#app/(console)/[workspace]/dry-runs/dry-runs.module.css";
import { LimitsPart } from "#app/(console)/[workspace]/dry-runs/limits-part.tsx";
import { type PolicyNow, proposalOf } from "#app/(console)/[workspace]/dry-runs/parts.ts";
import { RunProgress } from "#app/(console)/[workspace]/dry-runs/run-progress.tsx";
import { ScorecardPart } from "#app/(console)/[workspace]/dry-runs/scorecard-part.tsx";
import { ThreatsPart } from "#app/(console)/[workspace]/dry-runs/threats-part.tsx";
import { useDryRun } from "#app/(console)/[workspace]/dry-runs/use-dry-run.ts";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { isUnderWay } from "#lib/dryrun/vocabulary.ts";

type Props = { slug: string; now: PolicyNow; currency: string };

function Part({ value, title, children }: { value: string; title: string; children: ReactNode }) {
  return (
    <Accordion.Item value={value}>
      <Accordion.Control>{title}</Accordion.Control>
      <Accordion.Panel>{children}</Accordion.Panel>
    </Accordion.Item>
  );
}

function Parts({ now, currency }: Pick<Props, "now" | "currency">) {
  return (
    <Accordion multiple defaultValue={["caps"]} variant="separated" keepMounted>
      <Part value="caps" title="Caps and phase">
        <CapsPart />
      </Part>
      {now.limits !== undefined && (
        <Part value="limits" title="Throttle limits">
          <LimitsPart limits={now.limits} />
        </Part>
      )}
      {now.scorecard !== undefined && (
        <Part value="scorecard" title="Scorecard">
          <ScorecardPart card={now.scorecard} currency={currency} />
        </Part>
      )}
      {now.rules !== undefined && (
        <Part value="threats" title="Threat rules">
          <ThreatsPart rules={now.rules} />
        </Part>
      )}
    </Accordion>
  );
}

/** Asks for a dry run of what the form changes, and opens what it came to. With nothing changed it replays the policy as it was. */
export function NewRun({ slug, now, currency }: Props) {
  const router = useRouter();
  const { progress, begin, stop } = useDryRun(slug);
  const busy = progress !== null && isUnderWay(progress.status);
  const done = progress?.status === "done" ? progress.id : null;
  useEffect(() => {
    if (done !== null) router.push(`?run=${done}`, { scroll: false });
  }, [done, router]);
  return (
    <section className={panel.panel} aria-labelledby="new-run">
      <div className={panel.head}>
        <h2 id="new-run" className={panel.title}>
          Try a policy
        </h2>
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          void begin(proposalOf(form, now), Number(form.get("days")));
        }}
      >
        <Stack gap="md">
          <div className={classes.fields}>
            <MultiSelect
              name="countries"
              hiddenInputValuesDivider=" "
              label="Countries"
              placeholder="Every listed country"
              data={now.countries.map(({ code, name }) => ({ value: code, label: name }))}
              searchable
              clearable
            />
            <NumberInput name="days" label="Local days, today included" defaultValue={7} min={1} max={30} />
          </div>
          <Parts now={now} currency={currency} />
          <div>
            <Button type="submit" loading={busy} leftSection={<IconPlayerPlay size={16} />}>
              Start the dry run
            </Button>
          </div>
          {progress !== null && progress.status !== "done" && (
            <RunProgress progress={progress} onCancel={stop} />
          )}
        </Stack>
      </form>
    </section>
  );
}
