"use client";

import { Button, TextInput } from "@mantine/core";
import Form from "next/form";
import { type BlockView, blockHref } from "#app/(console)/[workspace]/threats/blocklist/query.ts";
import classes from "#app/(console)/[workspace]/threats/threats.module.css";
import { LinkButton } from "#components/link-button.tsx";

/** Finds a part of a value or a reason in the whole list; it stands in the page's address. */
export function SearchForm({ path, view }: { path: string; view: BlockView }) {
  return (
    <Form action={path} className={classes.search}>
      {view.kind !== undefined && <input type="hidden" name="kind" value={view.kind} />}
      {view.show === "all" && <input type="hidden" name="show" value="all" />}
      <TextInput
        type="search"
        aria-label="Search the whole list by value or reason"
        placeholder="Search the whole list"
        name="search"
        maxLength={200}
        defaultValue={view.search ?? ""}
      />
      <Button type="submit" variant="default">
        Find
      </Button>
      {view.search !== undefined && (
        <LinkButton href={blockHref(path, view, { search: undefined, cursor: undefined })} variant="default">
          Clear
        </LinkButton>
      )}
    </Form>
  );
}
