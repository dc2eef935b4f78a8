"use client";

import { Checkbox, Progress, Stack, Textarea, TextInput, VisuallyHidden } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import Link from "next/link";
import { startTransition, useOptimistic } from "react";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { save, tick } from "#app/(console)/[workspace]/routines/actions.ts";
import classes from "#app/(console)/[workspace]/routines/routines.module.css";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { formProblem, isRefused } from "#components/form-state.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { Routine, RoutineItem } from "#lib/overview/routines.ts";

type Props = {
  slug: string;
  routine: Routine;
  title: string;
  when: string;
  /** Its time has come and it is not done. */
  isDue: boolean;
  /** Only a routine of today can be ticked. */
  isToday: boolean;
  items: readonly RoutineItem[];
  timeZone: string;
  version: number;
  mayManage: boolean;
};

function Item({ slug, item, isToday }: { slug: string; item: RoutineItem; isToday: boolean }) {
  const [ticked, setTicked] = useOptimistic(item.tick !== null);
  const change = (done: boolean) =>
    startTransition(async () => {
      setTicked(done);
      const form = new FormData();
      form.set("item", item.id);
      form.set("done", String(done));
      const state = await tick(slug, {}, form);
      if (isRefused(state)) {
        notifications.show({ color: "red", message: formProblem(state) ?? "It was not saved." });
      }
    });
  return (
    <li className={classes.item} data-done={ticked || undefined}>
      <Checkbox
        checked={ticked}
        disabled={!isToday}
        onChange={(event) => change(event.currentTarget.checked)}
        aria-label={item.title}
      />
      <span>
        {item.path === null ? item.title : <Link href={`/${slug}/${item.path}`}>{item.title}</Link>}
        {item.tick !== null && (
          <span className={classes.who}>
            {item.tick.by}, <RelativeTime at={item.tick.at} />
          </span>
        )}
      </span>
    </li>
  );
}

function linesOf(items: readonly RoutineItem[]): string {
  return items.map(({ title, path }) => (path === null ? title : `${title} | ${path}`)).join("\n");
}

function EditRoutine({ slug, routine, title, items, timeZone, version }: Props) {
  return (
    <ConfirmForm
      trigger={{
        label: (
          <>
            Edit<VisuallyHidden> {title}</VisuallyHidden>
          </>
        ),
        size: "xs",
        variant: "default",
      }}
      title={`Edit: ${title}`}
      explanation="Items whose words stay keep their ticks."
      action={save.bind(null, slug)}
      hidden={{ routine, version }}
      reason="none"
      submitLabel="Save"
      doneMessage="The routine is saved"
    >
      {(problem) => (
        <Stack gap="sm">
          <Textarea
            name="items"
            label="Items"
            description="One a line. After a bar, the page where it is done: Review fraud alerts | alerts?kind=threat"
            defaultValue={linesOf(items)}
            autosize
            minRows={4}
            maxRows={14}
            error={problem("items")}
          />
          <TextInput
            name="time_zone"
            label="Time zone of all routines"
            description="A new day begins at its midnight."
            defaultValue={timeZone}
            error={problem("time_zone")}
            required
            withAsterisk={false}
          />
        </Stack>
      )}
    </ConfirmForm>
  );
}

/** One routine: what to see to, where, and who has seen to it today. */
export function RoutineCard(props: Props) {
  const { slug, routine, title, when, isDue, isToday, items, mayManage } = props;
  const done = items.filter(({ tick: ticked }) => ticked !== null).length;
  return (
    <section
      className={`${panel.panel} ${classes.card}`}
      data-due={isDue || undefined}
      aria-labelledby={routine}
    >
      <div className={panel.head}>
        <div>
          <h2 id={routine} className={panel.title}>
            {title}
          </h2>
          <span className={classes.when}>{isDue ? `${when}, due now` : when}</span>
        </div>
        {mayManage && <EditRoutine {...props} />}
      </div>
      {isToday && items.length > 0 && (
        <div className={classes.progress}>
          <Progress
            value={(done / items.length) * 100}
            {...(done === items.length && { color: "green" })}
            size="sm"
            aria-label={`${title}: ${done} of ${items.length} done`}
          />
          <span>
            {done} of {items.length}
          </span>
        </div>
      )}
      <ul className={classes.items}>
        {items.map((item) => (
          <Item key={item.id} slug={slug} item={item} isToday={isToday} />
        ))}
      </ul>
      {items.length === 0 && <p className={panel.note}>Nothing to see to.</p>}
    </section>
  );
}
