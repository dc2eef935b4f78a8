"use client";

import { Checkbox, Select, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { startTransition, useOptimistic } from "react";
import { saveTask } from "#app/(console)/[workspace]/campaigns/actions.ts";
import classes from "#app/(console)/[workspace]/campaigns/campaigns.module.css";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { DateTimeInput } from "#components/date-time-input.tsx";
import { formProblem, isRefused } from "#components/form-state.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { CampaignTask } from "#lib/campaigns/task-schema.ts";

type Owner = { id: string; name: string };
type Props = { slug: string; campaign: string; tasks: CampaignTask[]; owners: Owner[]; mayManage: boolean };

/** What has to be seen to before the start. Each tick is saved at once and can be taken back. */
export function TasksPanel({ slug, campaign, tasks, owners, mayManage }: Props) {
  const [shown, show] = useOptimistic(tasks, (now, next: { id: string; done: boolean }) =>
    now.map((task) =>
      task.id === next.id ? { ...task, done_at: next.done ? new Date().toISOString() : null } : task,
    ),
  );
  const save = (sets: Record<string, string>, optimistic?: { id: string; done: boolean }) =>
    startTransition(async () => {
      if (optimistic !== undefined) show(optimistic);
      const form = new FormData();
      for (const [name, value] of Object.entries({ campaign, ...sets })) form.set(name, value);
      const state = await saveTask(slug, {}, form);
      if (isRefused(state))
        notifications.show({ color: "red", message: formProblem(state) ?? "It was not saved." });
    });
  return (
    <section className={panel.panel} aria-labelledby="tasks">
      <div className={panel.head}>
        <h2 id="tasks" className={panel.title}>
          Before the start
        </h2>
        {mayManage && <AddTask slug={slug} campaign={campaign} />}
      </div>
      {shown.length === 0 && (
        <p className={panel.note}>
          A forecast above 10,000 clicks asks for tasks here; you can add your own.
        </p>
      )}
      <ul className={classes.tasks}>
        {shown.map((task) => (
          <li key={task.id} className={classes.task}>
            <Checkbox
              label={task.title}
              checked={task.done_at !== null}
              disabled={!mayManage}
              onChange={(event) => {
                const done = event.currentTarget.checked;
                save({ id: task.id, done: String(done) }, { id: task.id, done });
              }}
            />
            <span>
              due <RelativeTime at={task.due_at} />
            </span>
            <Select
              size="xs"
              aria-label={`Owner of ${task.title}`}
              placeholder="Nobody yet"
              data={owners.map(({ id, name }) => ({ value: id, label: name }))}
              value={task.owner_id}
              disabled={!mayManage}
              allowDeselect={false}
              onChange={(owner) => owner !== null && save({ id: task.id, owner })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function AddTask({ slug, campaign }: { slug: string; campaign: string }) {
  return (
    <ConfirmForm
      trigger={{ label: "Add a task", variant: "default", size: "xs" }}
      title="Add a task"
      action={saveTask.bind(null, slug)}
      hidden={{ campaign }}
      reason="none"
      submitLabel="Add"
      doneMessage="Added"
    >
      {(problem) => (
        <>
          <TextInput name="title" label="Task" error={problem("title")} required withAsterisk={false} />
          <DateTimeInput
            name="due_at"
            label="Due"
            defaultValue={new Date(Date.now() + 86_400_000)}
            error={problem("due_at")}
            required
          />
        </>
      )}
    </ConfirmForm>
  );
}
