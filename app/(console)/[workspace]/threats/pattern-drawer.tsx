"use client";

import { Alert, Checkbox } from "@mantine/core";
import { IconBan } from "@tabler/icons-react";
import { useMemo } from "react";
import { Evidence } from "#app/(console)/[workspace]/alerts/evidence.tsx";
import { blockAll } from "#app/(console)/[workspace]/threats/actions.ts";
import { SnoozeForm } from "#app/(console)/[workspace]/threats/snooze-form.tsx";
import classes from "#app/(console)/[workspace]/threats/threats.module.css";
import { ruleWords } from "#app/(console)/[workspace]/threats/words.ts";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { DetailDrawer } from "#components/detail-drawer.tsx";
import { DetailValue } from "#components/detail-value.tsx";
import { Fact, Facts } from "#components/facts.tsx";
import type { FormAction } from "#components/form-state.ts";
import { LinkButton } from "#components/link-button.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import { Timeline } from "#components/timeline.tsx";
import type { Pattern } from "#lib/threats/patterns.ts";

const WEEK = 7 * 86_400_000;

type About = { slug: string; pattern: Pattern; mayManage: boolean };
type Props = Omit<About, "pattern"> & {
  /** Null when there is none that the reader may see. */
  pattern: Pattern | null;
  closeHref: string;
};

/** One pattern in full: whom it involves, when it was found, and what can be done about it. */
export function PatternDrawer({ pattern, closeHref, ...about }: Props) {
  return (
    <DetailDrawer
      title={pattern === null ? "No such pattern" : `${ruleWords(pattern.rule)}: ${pattern.entity}`}
      closeHref={closeHref}
    >
      {pattern === null ? (
        <Alert color="yellow">There is no such pattern that you may read.</Alert>
      ) : (
        <Details {...about} pattern={pattern} />
      )}
    </DetailDrawer>
  );
}

function Details({ slug, pattern, mayManage }: About) {
  const { alert_id, accounts, devices, ips, evidence } = pattern;
  const { accounts: _a, devices: _d, ips: _i, countries, ...rest } = evidence;
  return (
    <>
      <div className={classes.buttons}>
        {mayManage && accounts.length + devices.length > 0 && <BlockAll slug={slug} pattern={pattern} />}
        {mayManage && <SnoozeForm slug={slug} about={{ rule: pattern.rule, entity: pattern.entity }} />}
        {alert_id !== null && (
          <LinkButton href={`/${slug}/alerts?status=all&kind=threat&alert=${alert_id}`} variant="default">
            Open its alert
          </LinkButton>
        )}
      </div>
      <Facts>
        <Fact name="State">
          {pattern.mode === "live" ? pattern.state : `${pattern.state}, ${pattern.mode}`}
        </Fact>
        <Fact name="Peak">{pattern.peak}</Fact>
        <Fact name="Found in">{`${pattern.occurrences} ${pattern.occurrences === 1 ? "slot" : "slots"}`}</Fact>
        <Fact name="First event">
          <RelativeTime at={pattern.first_at} />
        </Fact>
        <Fact name="Last event">
          <RelativeTime at={pattern.last_at} />
        </Fact>
      </Facts>
      {countries !== undefined && (
        <>
          <h2 className={classes.part}>Countries</h2>
          <DetailValue value={countries} />
        </>
      )}
      <Names title="Accounts" names={accounts} />
      <Names title="Devices" names={devices} />
      <Names title="IP addresses" names={ips} />
      <h2 className={classes.part}>Found</h2>
      <Timeline
        label="Found"
        entries={pattern.findings.map(({ slot_at, peak_at, found, out_of, mode }) => ({
          id: slot_at,
          at: peak_at,
          title: `${found}${out_of === null ? "" : ` of ${out_of}`}${mode === "live" ? "" : `, ${mode}`}`,
          tone: mode === "live" ? "red" : "plain",
        }))}
      />
      <h2 className={classes.part}>Evidence</h2>
      <Evidence of={rest} />
    </>
  );
}

function Names({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <>
      <h2 className={classes.part}>
        {title}, {names.length}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <ul className={classes.names} tabIndex={0} aria-label={title}>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </>
  );
}

function BlockAll({ slug, pattern }: { slug: string; pattern: Pattern }) {
  const send = useMemo<FormAction>(() => blockAll.bind(null, slug), [slug]);
  const action = useMemo<FormAction>(
    () => (previous, form) => {
      form.set("until", new Date(Date.now() + WEEK).toISOString());
      return send(previous, form);
    },
    [send],
  );
  const what =
    pattern.rule === "device_farm"
      ? "Block the device and its accounts for 7 days"
      : "Block its accounts and devices for 7 days";
  return (
    <ConfirmForm
      trigger={{ label: what, color: "red", leftSection: <IconBan size={16} aria-hidden /> }}
      title={what}
      explanation={`Cap checks of ${pattern.accounts.length} accounts and ${pattern.devices.length} devices are refused from now on. Each can be lifted on the blocklist.`}
      action={action}
      hidden={{ id: pattern.id }}
      submitLabel="Block"
      doneMessage="They are blocked for 7 days"
      danger
    >
      {() => <Checkbox name="with_ips" label="And its public addresses, which others may share" />}
    </ConfirmForm>
  );
}
