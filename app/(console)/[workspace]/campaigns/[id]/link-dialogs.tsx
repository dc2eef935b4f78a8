"use client";

import { Stack, Switch, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { changeTracked, createTracked } from "#app/(console)/[workspace]/campaigns/[id]/links-actions.ts";
import { ConfirmForm } from "#components/confirm-form.tsx";
import type { CampaignLink } from "#lib/links/schema.ts";

type Problem = (name: string) => string | undefined;

function Fields({ link, problem }: { link?: CampaignLink; problem: Problem }) {
  return (
    <>
      <TextInput
        name="label"
        label="Posted where"
        placeholder="Story of 1 June"
        defaultValue={link?.label ?? ""}
        error={problem("label")}
        required
        withAsterisk={false}
      />
      <TextInput
        name="destination"
        label="Leads to"
        description="An https address. The click's id is added as gty_click."
        placeholder="https://example.com/app"
        defaultValue={link?.destination ?? ""}
        error={problem("destination")}
        required
        withAsterisk={false}
      />
      <TextInput
        name="waiting_url"
        label="While the country is full"
        description="Where people are sent then. Left blank, the link says itself when the country opens again."
        placeholder="https://example.com/waiting"
        defaultValue={link?.waiting_url ?? ""}
        error={problem("waiting_url")}
      />
    </>
  );
}

/** A button that makes a tracked link. */
export function AddLink({ slug, campaign }: { slug: string; campaign: string }) {
  return (
    <ConfirmForm
      trigger={{
        label: "Add a link",
        variant: "default",
        size: "xs",
        leftSection: <IconPlus size={15} aria-hidden />,
      }}
      title="Add a tracked link"
      action={createTracked.bind(null, slug)}
      hidden={{ campaign }}
      reason="none"
      submitLabel="Add link"
      doneMessage="The link is made"
    >
      {(problem) => (
        <Stack gap="md">
          <Fields problem={problem} />
          <TextInput
            name="slug"
            label="Address"
            description="What follows /go/: small letters, digits and hyphens. Left blank, one is drawn."
            placeholder="ania-summer"
            error={problem("slug")}
          />
        </Stack>
      )}
    </ConfirmForm>
  );
}

type ChangeProps = { slug: string; campaign: string; link: CampaignLink };

/** A button that changes a tracked link. Its address stays: what was printed keeps leading here. */
export function ChangeLink({ slug, campaign, link }: ChangeProps) {
  return (
    <ConfirmForm
      key={link.version}
      trigger={{ label: "Change", variant: "default", size: "xs" }}
      title={`Change ${link.label}`}
      explanation="A change holds for whoever follows the link within two seconds."
      action={changeTracked.bind(null, slug)}
      hidden={{ campaign, slug: link.slug, expected_version: link.version }}
      reason="none"
      submitLabel="Change link"
      doneMessage="The link is changed"
    >
      {(problem) => (
        <Stack gap="md">
          <Fields link={link} problem={problem} />
          <Switch name="active" value="true" label="In use" defaultChecked={link.active} />
        </Stack>
      )}
    </ConfirmForm>
  );
}
