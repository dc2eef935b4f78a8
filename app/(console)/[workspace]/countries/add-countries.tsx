"use client";

import { Button, MultiSelect } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPlus } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { list } from "#app/(console)/[workspace]/countries/actions.ts";
import classes from "#app/(console)/[workspace]/countries/dialogs.module.css";
import { ConfirmForm } from "#components/confirm-form.tsx";
import type { FormAction } from "#components/form-state.ts";
import { EU_FIRST_WAVE } from "#lib/launch/vocabulary.ts";

export type CountryChoice = { value: string; label: string };
type Props = { slug: string; choices: readonly CountryChoice[]; look?: "filled" | "default" };

function ChooseCountries({
  choices,
  problem,
}: {
  choices: readonly CountryChoice[];
  problem: string | undefined;
}) {
  const [chosen, setChosen] = useState<string[]>([]);
  // The list of choices covers the dialog's button, so it closes with each choice.
  const [isOpen, setOpen] = useState(false);
  const wave = EU_FIRST_WAVE.filter((code) => choices.some((choice) => choice.value === code));
  return (
    <>
      {chosen.map((code) => (
        <input key={code} type="hidden" name="countries[]" value={code} />
      ))}
      {wave.length > 0 && (
        <Button variant="default" onClick={() => setChosen((now) => [...new Set([...now, ...wave])])}>
          EU first wave ({wave.join(" ")})
        </Button>
      )}
      <MultiSelect
        label="Countries"
        placeholder={chosen.length === 0 ? "Search by name or code" : ""}
        data={[...choices]}
        value={chosen}
        onChange={(codes) => {
          setChosen(codes);
          setOpen(false);
        }}
        dropdownOpened={isOpen}
        onDropdownOpen={() => setOpen(true)}
        onDropdownClose={() => setOpen(false)}
        searchable
        clearable
        hidePickedOptions
        maxDropdownHeight={260}
        nothingFoundMessage="No such country, or listed already"
        error={problem}
        classNames={{ inputField: classes.field ?? "" }}
        data-autofocus
      />
    </>
  );
}

/** A button that lists countries as not launched. Nobody is let in by it. */
export function AddCountries({ slug, choices, look = "filled" }: Props) {
  const action = useMemo<FormAction>(() => {
    const bound = list.bind(null, slug);
    return async (previous, form) => {
      const state = await bound(previous as Parameters<typeof bound>[0], form);
      if (typeof state.data === "number") {
        const message = state.data === 1 ? "One country is listed" : `${state.data} countries are listed`;
        notifications.show({ color: "green", message });
      }
      return state;
    };
  }, [slug]);
  return (
    <ConfirmForm
      trigger={{ label: "Add countries", variant: look, leftSection: <IconPlus size={16} /> }}
      title="Add countries"
      explanation="They join the list as not launched: nobody is let in until you activate one."
      action={action}
      reason="none"
      submitLabel="Add to the list"
    >
      {(problem) => <ChooseCountries choices={choices} problem={problem("countries")} />}
    </ConfirmForm>
  );
}
