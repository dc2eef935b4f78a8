"use client";

import { Alert } from "@mantine/core";
import Link from "next/link";
import classes from "#app/(console)/[workspace]/audit/audit.module.css";
import { auditHref } from "#app/(console)/[workspace]/audit/query.ts";
import { CopyButton } from "#components/copy-button.tsx";
import { DetailDrawer } from "#components/detail-drawer.tsx";
import { DetailValue } from "#components/detail-value.tsx";
import { Fact, Facts } from "#components/facts.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import { SeverityBadge } from "#components/severity-badge.tsx";
import type { SealedEntry } from "#lib/workspace/audit.ts";

type Props = {
  /** Null when there is none of that number that the reader may see. */
  entry: SealedEntry | null;
  closeHref: string;
  path: string;
};

/** One entry in full, over the list it came from. */
export function EntryDrawer({ entry, closeHref, path }: Props) {
  return (
    <DetailDrawer title={entry === null ? "No such entry" : `Entry ${entry.sequence}`} closeHref={closeHref}>
      {entry === null ? (
        <Alert color="yellow">There is no entry of this number that you may read.</Alert>
      ) : (
        <Entry entry={entry} path={path} />
      )}
    </DetailDrawer>
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
      <Facts>
        <Fact name="When">
          <RelativeTime at={entry.at} show="stamp" timeZone="UTC" />
        </Fact>
        <Fact name="Actor">
          <Link href={auditHref(path, { actor: entry.actor_label })}>{entry.actor_label}</Link>{" "}
          <span className={classes.id}>{entry.actor_kind.replace("_", " ")}</span>
        </Fact>
        <Fact name="Resource">
          {entry.resource_type} <Link href={auditHref(path, { resource })}>{entry.resource_id}</Link>
        </Fact>
      </Facts>
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
