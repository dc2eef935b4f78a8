"use client";

import { Button, Checkbox, Drawer, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { startTransition, useOptimistic } from "react";
import { tick } from "#app/(console)/[workspace]/sequence/actions.ts";
import { formProblem, isRefused } from "#components/form-state.ts";
import type { Step } from "#lib/sequence/sequence-page.ts";

type Props = { slug: string; step: Step; items: { id: string; title: string }[]; mayManage: boolean };

/** What people see to before a country opens; each tick is saved at once and can be taken back. */
export function Checklist({ slug, step, items, mayManage }: Props) {
  const [opened, { open, close }] = useDisclosure();
  const [ticked, setTicked] = useOptimistic(new Set(step.ticked));
  const change = (item: string, done: boolean) =>
    startTransition(async () => {
      const next = new Set(ticked);
      if (done) next.add(item);
      else next.delete(item);
      setTicked(next);
      const form = new FormData();
      form.set("country", step.country);
      form.set("item", item);
      form.set("done", String(done));
      const state = await tick(slug, {}, form);
      if (isRefused(state))
        notifications.show({ color: "red", message: formProblem(state) ?? "It was not saved." });
    });
  const done = items.filter(({ id }) => ticked.has(id)).length;
  return (
    <>
      <Button size="xs" variant="default" onClick={open} aria-haspopup="dialog">
        Checklist {done} of {items.length}
      </Button>
      <Drawer
        opened={opened}
        onClose={close}
        position="right"
        title={<strong>Before {step.name} moves on</strong>}
        closeButtonProps={{ "aria-label": "Close" }}
        attributes={{ header: { role: "presentation" } }}
      >
        <Stack gap="sm">
          {items.map(({ id, title }) => (
            <Checkbox
              key={id}
              label={title}
              checked={ticked.has(id)}
              disabled={!mayManage}
              onChange={(event) => change(id, event.currentTarget.checked)}
            />
          ))}
          <p style={{ margin: 0 }}>
            {step.needs_checklist
              ? "The country moves only once all are ticked."
              : "The country moves without it; its step can ask for it."}
          </p>
        </Stack>
      </Drawer>
    </>
  );
}
