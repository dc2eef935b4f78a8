"use client";

import { Badge, Button, NativeSelect, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKey } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import classes from "#app/(console)/[workspace]/settings/settings.module.css";
import { ConfirmForm } from "#components/confirm-form.tsx";
import { DataTable } from "#components/data-table.tsx";
import { columnsOf } from "#components/data-table-columns.ts";
import { EmptyState } from "#components/empty-state.tsx";
import type { FormAction } from "#components/form-state.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import { type SecretAction, SecretDialog } from "#components/secret-dialog.tsx";
import type { ApiKeyRow } from "#lib/workspace/api-keys.ts";

type Verbs = { onRotate: (row: ApiKeyRow) => void; revoke: FormAction };

const column = columnsOf<ApiKeyRow>();
const NOUN = { one: "key", many: "keys" };
const STATES = {
  in_force: { label: "in force", color: "green" },
  in_overlap: { label: "replaced, still works", color: "yellow" },
  expired: { label: "expired", color: "gray" },
  revoked: { label: "revoked", color: "red" },
};
const OVERLAPS = [
  { value: "3600", label: "1 hour" },
  { value: "86400", label: "1 day" },
  { value: "604800", label: "7 days" },
  { value: "2592000", label: "30 days" },
  { value: "0", label: "Not at all: it stops now" },
];

function Moment({ at, never }: { at: string | null; never: string }) {
  return at === null ? <span className={classes.sub}>{never}</span> : <RelativeTime at={at} />;
}

function KeyButtons({ row, onRotate, revoke }: Verbs & { row: ApiKeyRow }) {
  if (row.state === "expired" || row.state === "revoked") return null;
  return (
    <div className={classes.buttons}>
      {row.state === "in_force" && (
        <Button variant="default" size="xs" onClick={() => onRotate(row)} aria-haspopup="dialog">
          Rotate
        </Button>
      )}
      <ConfirmForm
        trigger={{ label: "Revoke", variant: "subtle", color: "red", size: "xs" }}
        title={`Revoke ${row.name}?`}
        explanation="The next request with this key is refused, and it can't be brought back. Services that use it stop getting answers."
        action={revoke}
        hidden={{ id: row.id }}
        danger
        submitLabel="Revoke key"
        doneMessage={`${row.name} was revoked`}
      />
    </div>
  );
}

function columnsWith(verbs: Verbs) {
  return column.columns([
    column.accessor("name", {
      header: "Name",
      meta: { phone: "title" },
      cell: ({ row: { original } }) => (
        <span className={classes.who}>
          <span className={classes.whoName}>{original.name}</span>
          <code className={classes.sub}>{original.prefix}…</code>
        </span>
      ),
    }),
    column.accessor((row) => STATES[row.state].label, {
      id: "state",
      header: "State",
      meta: { phone: "corner" },
      cell: ({ row: { original } }) => (
        <Badge tt="none" color={STATES[original.state].color}>
          {STATES[original.state].label}
        </Badge>
      ),
    }),
    column.accessor((row) => row.scopes.join(" "), {
      id: "scopes",
      header: "Scopes",
      meta: { phone: "full" },
      cell: ({ row: { original } }) => (
        <span className={classes.scopes}>
          {original.scopes.map((scope) => (
            <span key={scope} className={classes.scope}>
              {scope}
            </span>
          ))}
        </span>
      ),
    }),
    column.accessor("lastUsedAt", {
      header: "Last used",
      cell: ({ row: { original } }) => <Moment at={original.lastUsedAt} never="never" />,
    }),
    column.accessor("expiresAt", {
      header: "Expires",
      cell: ({ row: { original } }) => <Moment at={original.expiresAt} never="never" />,
    }),
    column.accessor("createdAt", {
      header: "Created",
      cell: ({ row: { original } }) => <RelativeTime at={original.createdAt} />,
    }),
    column.accessor((row) => row.createdBy ?? "", { id: "createdBy", header: "Created by" }),
    column.display({
      id: "actions",
      header: () => <VisuallyHidden>Actions</VisuallyHidden>,
      enableHiding: false,
      meta: { label: "Actions", align: "end", phone: "full" },
      cell: ({ row: { original } }) => <KeyButtons {...verbs} row={original} />,
    }),
  ]);
}

const HIDDEN = ["createdAt", "createdBy"];

type Props = { keys: readonly ApiKeyRow[]; rotate: SecretAction; revoke: FormAction };

/** The keys with their state and what can be done to each. */
export function KeysTable({ keys, rotate, revoke }: Props) {
  const [chosen, setChosen] = useState<ApiKeyRow | null>(null);
  const [opened, { open, close }] = useDisclosure();
  const columns = useMemo(() => {
    const onRotate = (row: ApiKeyRow) => {
      setChosen(row);
      open();
    };
    return columnsWith({ onRotate, revoke });
  }, [revoke, open]);
  return (
    <>
      <DataTable
        id="api-keys"
        label="API keys"
        noun={NOUN}
        columns={columns}
        rows={keys}
        rowId={(row) => row.id}
        searchText={(row) => row.prefix}
        hidden={HIDDEN}
        csvName="api-keys"
        empty={
          <EmptyState icon={<IconKey />} title="No API keys yet">
            Create one for the first service that asks for cap checks.
          </EmptyState>
        }
      />
      <RotateDialog row={chosen} opened={opened} onClose={close} rotate={rotate} />
    </>
  );
}

type RotateProps = { row: ApiKeyRow | null; opened: boolean; onClose: () => void; rotate: SecretAction };

function RotateDialog({ row, opened, onClose, rotate }: RotateProps) {
  return (
    <SecretDialog
      opened={opened}
      onClose={onClose}
      title={`Rotate ${row?.name ?? ""}`}
      action={rotate}
      hidden={{ id: row?.id ?? "" }}
      submitLabel="Make the new key"
    >
      {(problem) => (
        <NativeSelect
          label="The old key works for"
          description="The new key has the same name, scopes and expiry. Put it in place before the old one stops."
          name="overlap"
          data={OVERLAPS}
          defaultValue="86400"
          error={problem("overlap")}
        />
      )}
    </SecretDialog>
  );
}
