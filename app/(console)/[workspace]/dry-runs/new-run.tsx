"use client";

import { Button, Group, NumberInput, Select, Stack } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { capsOf } from "#app/(console)/[workspace]/dry-runs/proposals.ts";
import { RunProgress } from "#app/(console)/[workspace]/dry-runs/run-progress.tsx";
import { useDryRun } from "#app/(console)/[workspace]/dry-runs/use-dry-run.ts";
import panel from "#app/(console)/[workspace]/panel.module.css";
import type { Proposal } from "#lib/dryrun/schema.ts";
import { isUnderWay } from "#lib/dryrun/vocabulary.ts";
import { OPERATIONS } from "#lib/launch/vocabulary.ts";

type Props = { slug: string; countries: readonly { code: string; name: string }[] };

const ALL = "all";
const PHASES = [
  { value: "as_was", label: "As it was" },
  { value: "pause", label: "Paused all the time" },
  { value: "open", label: "Open all the time" },
];

function proposalOf(form: FormData, countries: Props["countries"]): { proposal: Proposal; days: number } {
  const phase = form.get("phase");
  const change = { ...capsOf(form), ...((phase === "pause" || phase === "open") && { phase }) };
  const chosen = countries.filter(({ code }) => form.get("country") === ALL || form.get("country") === code);
  const isAsWas = Object.keys(change).length === 0 && chosen.length === countries.length;
  return {
    proposal: isAsWas ? {} : { countries: Object.fromEntries(chosen.map(({ code }) => [code, change])) },
    days: Number(form.get("days")),
  };
}

/** Asks for a dry run of caps and phase, and opens what it came to. With nothing changed it replays the policy as it was. */
export function NewRun({ slug, countries }: Props) {
  const router = useRouter();
  const { progress, begin, stop } = useDryRun(slug);
  const [country, setCountry] = useState(countries.length === 1 ? (countries[0]?.code ?? ALL) : ALL);
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
          const { proposal, days } = proposalOf(new FormData(event.currentTarget), countries);
          void begin(proposal, days);
        }}
      >
        <Stack gap="md">
          <Group grow align="start">
            <Select
              name="country"
              label="Country"
              data={[
                { value: ALL, label: "Every listed country" },
                ...countries.map(({ code, name }) => ({ value: code, label: name })),
              ]}
              value={country}
              onChange={(value) => setCountry(value ?? ALL)}
              allowDeselect={false}
            />
            <NumberInput name="days" label="Local days, today included" defaultValue={7} min={1} max={30} />
            <Select name="phase" label="Phase" data={PHASES} defaultValue="as_was" allowDeselect={false} />
          </Group>
          <Group grow align="start">
            {OPERATIONS.map((operation) => (
              <NumberInput
                key={operation}
                name={operation}
                label={`${OPERATION_WORDS[operation]} a day`}
                placeholder="As it was"
                min={0}
                max={100_000_000}
                allowDecimal={false}
                thousandSeparator=","
                hideControls
              />
            ))}
          </Group>
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
