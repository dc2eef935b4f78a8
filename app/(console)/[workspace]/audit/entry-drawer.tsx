"use client";

import { Alert, Drawer } from "@mantine/core";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import classes from "#app/(console)/[workspace]/audit/audit.module.css";
import { DetailValue } from "#app/(console)/[workspace]/audit/detail-value.tsx";
import { auditHref } from "#app/(console)/[workspace]/audit/query.ts";
import { SeverityBadge } from "#app/(console)/[workspace]/audit/severity-badge.tsx";
import { CopyButton } from "#components/copy-button.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import type { SealedEntry } from "#lib/workspace/audit.ts";

type Props = {
  /** Null when there is none of that number that the reader may see. */
  entry: SealedEntry | null;
  closeHref: string;
  path: string;
};

/** One entry in full, over the list it came from. */
export function EntryDrawer({ entry, closeHref, path }: Props) {
  const router = useRouter();
  const [opened, setOpened] = useState(true);
  return (
    <Drawer
      key={entry?.sequence}
      opened={opened}
      onClose={() => setOpened(false)}
      onExitTransitionEnd={() => router.replace(closeHref, { scroll: false })}
      position="right"
      size="lg"
      title={entry === null ? "No such entry" : `Entry ${entry.sequence}`}
      closeButtonProps={{ "aria-label": "Close" }}
      attributes={{ header: { role: "presentation" } }}
    >
      {entry === null ? (
        <Alert color="yellow">There is no entry of this number that you may read.</Alert>
      ) : (
        <Entry entry={entry} path={path} />
      )}
    </Drawer>
  );
}

function Entry({ entry, path }: { entry: SealedEntry; path: string }) {
  const resource = `${entry.resource_type}:${entry.resource_id}`;
  return (
    <>
      <div className={classes.headline}>
        <code>{entry.action}</code> <SeverityBadge severity={entry.severity} />
      </div>
      {entry.reason !== null && <blockquote className={classes.quote}>{entry.reason}</blockquote>}
      <dl className={classes.facts}>
        <dt>When</dt>
        <dd>
          <RelativeTime at={entry.at} show="stamp" timeZone="UTC" />
        </dd>
        <dt>Actor</dt>
        <dd>
          <Link href={auditHref(path, { actor: entry.actor_label })}>{entry.actor_label}</Link>{" "}
          <span className={classes.id}>{entry.actor_kind.replace("_", " ")}</span>
        </dd>
        <dt>Resource</dt>
        <dd>
          {entry.resource_type} <Link href={auditHref(path, { resource })}>{entry.resource_id}</Link>
        </dd>
      </dl>
      <h2 className={classes.part}>Details</h2>
      {Object.keys(entry.details).length === 0 ? (
        <p className={classes.none}>None.</p>
      ) : (
        <DetailValue value={entry.details} />
      )}
      <h2 className={classes.part}>In the chain</h2>
      <p className={classes.lead}>
        The hash is SHA-256 of the previous hash's bytes followed by the text, in UTF-8.
      </p>
      <Sealed label="Hash" value={entry.hash} />
      <Sealed
        label="Previous hash"
        value={entry.previous_hash === "" ? "none: the first entry" : entry.previous_hash}
      />
      <Sealed label="Text" value={entry.text} />
    </>
  );
}

function Sealed({ label, value }: { label: string; value: string }) {
  return (
    <div className={classes.sealed}>
      <span className={classes.sealedLabel}>
        {label} <CopyButton value={value} what={label.toLowerCase()} />
      </span>
      <code>{value}</code>
    </div>
  );
}
