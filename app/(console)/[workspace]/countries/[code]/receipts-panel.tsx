"use client";

import { Alert, Button, Group, Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { type SubmitEvent, useTransition } from "react";
import { type CountryQuery, queryWith } from "#app/(console)/[workspace]/countries/[code]/query.ts";
import { ReceiptDrawer } from "#app/(console)/[workspace]/countries/[code]/receipt-drawer.tsx";
import { ReceiptList } from "#app/(console)/[workspace]/countries/[code]/receipt-list.tsx";
import classes from "#app/(console)/[workspace]/countries/[code]/receipts.module.css";
import { OPERATION_WORDS, REASON_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { Pager } from "#components/pager.tsx";
import type { CountryToday } from "#lib/launch/country-pages.ts";
import type { ReceiptDetail, ReceiptLine } from "#lib/launch/receipt-pages.ts";
import type { UsageDay } from "#lib/launch/usage-days.ts";
import { OPERATIONS, REASONS } from "#lib/launch/vocabulary.ts";

type Props = {
  country: CountryToday;
  usage: UsageDay;
  query: CountryQuery;
  receipts: { lines: ReceiptLine[]; next: string | null };
  receipt: ReceiptDetail | null;
};
/** The list alone, without the receipt that is open in it. */
const LIST = { receipt: undefined, find: undefined };

type Go = (changes: Parameters<typeof queryWith>[1]) => void;

function Filters({ query, go }: { query: CountryQuery; go: Go }) {
  const outcomes = [
    { value: "granted", label: "Granted" },
    { value: "refused", label: "Refused" },
  ];
  return (
    <>
      <Select
        size="xs"
        w={118}
        aria-label="Outcome"
        placeholder="Any outcome"
        clearable
        data={outcomes}
        value={query.outcome ?? null}
        onChange={(outcome) => go({ outcome: outcome ?? undefined })}
      />
      <Select
        size="xs"
        w={150}
        aria-label="Reason"
        placeholder="Any reason"
        clearable
        data={REASONS.map((value) => ({ value, label: REASON_WORDS[value] }))}
        value={query.reason ?? null}
        onChange={(reason) => go({ reason: reason ?? undefined })}
      />
      <Select
        size="xs"
        w={128}
        aria-label="Operation of receipts"
        placeholder="Any operation"
        clearable
        data={OPERATIONS.map((value) => ({ value, label: OPERATION_WORDS[value] }))}
        value={query.of ?? null}
        onChange={(of) => go({ of: of ?? undefined })}
      />
    </>
  );
}

function TextFilter({
  name,
  label,
  value,
  go,
}: {
  name: "subject" | "find";
  label: string;
  value: string;
  go: Go;
}) {
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get(name)).trim();
    go({ [name]: text === "" ? undefined : text });
  };
  return (
    <form
      onSubmit={submit}
      className={classes.find}
      role="search"
      aria-label={name === "find" ? "Find a receipt" : "Filter by subject"}
    >
      <TextInput
        key={value}
        size="xs"
        name={name}
        aria-label={label}
        placeholder={label}
        defaultValue={value}
        leftSection={name === "find" ? <IconSearch size={14} /> : undefined}
      />
    </form>
  );
}

/** The receipts of the shown day, a page at a time, and the one that is open. Everything chosen is in the address. */
export function ReceiptsPanel({ country, usage, query, receipts, receipt }: Props) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const go: Go = (changes) =>
    start(() => {
      const next = queryWith(query, { before: undefined, receipt: undefined, find: undefined, ...changes });
      router.push(next, { scroll: false });
    });
  const isFiltered = [query.outcome, query.reason, query.of, query.subject].some(
    (part) => part !== undefined,
  );
  return (
    <section className={panel.panel} aria-labelledby="receipts" aria-busy={pending}>
      <div className={panel.head}>
        <h2 id="receipts" className={panel.title}>
          Receipts {usage.day === country.day ? "of today" : `of ${usage.day}`}
        </h2>
        <TextFilter name="find" label="Receipt id or idempotency key" value={query.find ?? ""} go={go} />
      </div>
      <Group gap="xs" mb="sm">
        <Filters query={query} go={go} />
        <TextFilter name="subject" label="Subject, exactly" value={query.subject ?? ""} go={go} />
        {isFiltered && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => go({ outcome: undefined, reason: undefined, of: undefined, subject: undefined })}
          >
            Clear filters
          </Button>
        )}
      </Group>
      {query.find !== undefined && receipt === null && (
        <Alert color="yellow" role="status" mb="sm" title="No such receipt in this workspace">
          Idempotency keys are remembered for at least 48 hours, receipts of refusals for 14 days, of grants
          for 400.
        </Alert>
      )}
      <ReceiptList
        lines={receipts.lines}
        timeZone={country.timeZone}
        isFiltered={isFiltered}
        openId={receipt?.id ?? null}
        hrefOf={(id) => queryWith(query, { receipt: id, find: undefined })}
      />
      <div className={classes.pages}>
        <Pager
          label="Pages of receipts"
          newest={query.before === undefined ? null : queryWith(query, { ...LIST, before: undefined })}
          older={receipts.next === null ? null : queryWith(query, { ...LIST, before: receipts.next })}
        />
      </div>
      {receipt !== null && (
        <ReceiptDrawer
          key={receipt.id}
          receipt={receipt}
          timeZone={country.timeZone}
          closeHref={queryWith(query, LIST)}
        />
      )}
    </section>
  );
}
