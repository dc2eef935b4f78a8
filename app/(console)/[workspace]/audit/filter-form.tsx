"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import Form from "next/form";
import classes from "#app/(console)/[workspace]/audit/audit.module.css";
import { LinkButton } from "#components/link-button.tsx";
import type { AuditFilter } from "#lib/workspace/audit.ts";

type Props = {
  path: string;
  filter: AuditFilter;
  choices: { actions: string[]; types: string[] };
  isFiltered: boolean;
};

const any = (values: readonly string[]) => [{ value: "", label: "Any" }, ...values];

/** The filters; they stand in the page's address, so that a view can be shared. */
export function FilterForm({ path, filter, choices, isFiltered }: Props) {
  const { action = "", resource = "", actor = "", severity, from = "", to = "" } = filter;
  const types =
    resource === "" || choices.types.includes(resource) ? choices.types : [resource, ...choices.types];
  return (
    <details
      className={classes.filter}
      open={[action, resource, actor, from, to].some((part) => part !== "")}
    >
      <summary className={classes.summary}>
        <IconFilter size={16} aria-hidden /> Filter
      </summary>
      <Form action={path} className={classes.filters} key={JSON.stringify(filter)}>
        {severity !== undefined && <input type="hidden" name="severity" value={severity} />}
        <NativeSelect label="Action" name="action" data={any(choices.actions)} defaultValue={action} />
        <NativeSelect label="Resource" name="resource" data={any(types)} defaultValue={resource} />
        <TextInput label="Actor" name="actor" placeholder="Name or address" defaultValue={actor} />
        <TextInput label="From (UTC)" name="from" type="date" defaultValue={from} />
        <TextInput label="To (UTC)" name="to" type="date" defaultValue={to} />
        <div className={classes.filterButtons}>
          <Button type="submit">Apply</Button>
          {isFiltered && (
            <LinkButton href={path} variant="default">
              Clear
            </LinkButton>
          )}
        </div>
      </Form>
    </details>
  );
}
