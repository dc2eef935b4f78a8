"use client";

import { Select, Stack, Textarea } from "@mantine/core";
import { extend, saveChecklist, startFreeze, thaw } from "#app/(console)/[workspace]/sequence/actions.ts";
import { TEMPLATE_WORDS } from "#app/(console)/[workspace]/sequence/words.ts";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { DateTimeInput } from "#components/date-time-input.tsx";
import type { Freeze, Step, Template } from "#lib/sequence/sequence-page.ts";

const DAY = 86_400_000;

/** Adds a wave of countries, or a single one. */
export function ExtendDialog({
  slug,
  templates,
  countries,
}: {
  slug: string;
  templates: Template[];
  countries: { code: string; name: string }[];
}) {
  return (
    <>
      <ConfirmForm
        trigger={{ label: "Install a template" }}
        title="Install a template"
        explanation={
          <ul style={{ margin: 0, paddingInlineStart: 18 }}>
            {templates.map(({ template, countries: list }) => (
              <li key={template}>
                <strong>{TEMPLATE_WORDS[template]}</strong>:{" "}
                {list.map(({ name, millions }) => `${name} (${millions} m)`).join(", ")}
              </li>
            ))}
          </ul>
        }
        action={extend.bind(null, slug)}
        reason="none"
        submitLabel="Install"
        doneMessage="The template is installed"
      >
        {(problem) => (
          <Select
            name="template"
            label="Template"
            data={templates.map(({ template }) => ({ value: template, label: TEMPLATE_WORDS[template] }))}
            defaultValue={templates[0]?.template ?? null}
            allowDeselect={false}
            error={problem("template")}
          />
        )}
      </ConfirmForm>
      <ConfirmForm
        trigger={{ label: "Add a country", variant: "default" }}
        title="Add a country"
        explanation="It comes last, and is listed if it is not yet."
        action={extend.bind(null, slug)}
        reason="none"
        submitLabel="Add"
        doneMessage="The country is added"
      >
        {(problem) => (
          <Select
            name="countries[]"
            label="Country"
            searchable
            data={countries.map(({ code, name }) => ({ value: code, label: name }))}
            error={problem("countries")}
            required
            withAsterisk={false}
          />
        )}
      </ConfirmForm>
    </>
  );
}

/** Freezes one country, or all, from now on. */
export function FreezeDialog({ slug, steps }: { slug: string; steps: Step[] }) {
  return (
    <ConfirmForm
      trigger={{ label: "Freeze", variant: "default" }}
      title="Freeze the sequence"
      explanation="Until its end nothing moves by itself and no approval is carried out. People can still move a country by hand."
      action={startFreeze.bind(null, slug)}
      submitLabel="Freeze"
      doneMessage="Frozen"
    >
      {(problem) => (
        <Stack gap="sm">
          <Select
            name="country"
            label="Country"
            placeholder="All countries"
            data={steps.map(({ country, name }) => ({ value: country, label: name }))}
            clearable
          />
          <DateTimeInput
            label="Until"
            name="until"
            defaultValue={new Date(Date.now() + 7 * DAY)}
            error={problem("until")}
            required
          />
        </Stack>
      )}
    </ConfirmForm>
  );
}

/** Ends a freeze before its end. */
export function ThawForm({ slug, freeze }: { slug: string; freeze: Freeze }) {
  return (
    <ConfirmForm
      trigger={{ label: "End it", size: "xs", variant: "default" }}
      title="End the freeze"
      explanation={freeze.reason}
      action={thaw.bind(null, slug)}
      hidden={{ id: freeze.id }}
      reason="none"
      submitLabel="End it"
      doneMessage="The freeze is over"
    />
  );
}

/** The checklist that each country has of its own. */
export function ChecklistDialog({ slug, items }: { slug: string; items: { title: string }[] }) {
  return (
    <ConfirmForm
      trigger={{ label: "Edit the checklist", variant: "default" }}
      title="The checklist of each country"
      explanation="An item a line. Items that stay keep their ticks."
      action={saveChecklist.bind(null, slug)}
      reason="none"
      submitLabel="Save"
      doneMessage="Saved"
    >
      {(problem) => (
        <Textarea
          name="items"
          label="Items"
          autosize
          minRows={6}
          maxRows={16}
          defaultValue={items.map(({ title }) => title).join("\n")}
          error={problem("items")}
        />
      )}
    </ConfirmForm>
  );
}
