"use client";

import { IconReceipt } from "@tabler/icons-react";
import Link from "next/link";
import classes from "#app/(console)/[workspace]/countries/[code]/receipts.module.css";
import { OPERATION_WORDS, REASON_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { formatCount } from "#components/number-format.ts";
import type { ReceiptLine } from "#lib/launch/receipt-pages.ts";

type Props = {
  lines: readonly ReceiptLine[];
  timeZone: string;
  isFiltered: boolean;
  openId: string | null;
  hrefOf: (id: string) => string;
};

function secondsIn(at: string, timeZone: string): string {
  const format = {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZone,
  } as const;
  return new Intl.DateTimeFormat("en-GB", format).format(Date.parse(at));
}

/** Granted or refused, in colour, shape and word. */
export function Outcome({ line }: { line: Pick<ReceiptLine, "allowed" | "reason" | "shadow"> }) {
  const word =
    line.shadow === null
      ? REASON_WORDS[line.reason]
      : `Granted; would be: ${REASON_WORDS[line.shadow].toLowerCase()}`;
  return (
    <span className={classes.outcome} data-allowed={line.allowed}>
      <span aria-hidden>{line.allowed ? "✓" : "✕"}</span> {word}
    </span>
  );
}

/** Receipts newest first; each opens its details. */
export function ReceiptList({ lines, timeZone, isFiltered, openId, hrefOf }: Props) {
  if (lines.length === 0) {
    return (
      <EmptyState
        icon={<IconReceipt />}
        title={isFiltered ? "No receipt matches" : "No cap check on this day"}
      >
        {isFiltered
          ? "Try fewer filters or another day."
          : "Each cap check of this country leaves its receipt here."}
      </EmptyState>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
    <div className={classes.region} tabIndex={0} role="region" aria-label="Receipts">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Outcome</th>
            <th scope="col">Operation</th>
            <th scope="col" data-align="end">
              Units
            </th>
            <th scope="col" data-align="end">
              Remaining
            </th>
            <th scope="col">Subject</th>
            <th scope="col">Reservation</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id} data-open={line.id === openId || undefined}>
              <td>
                <Link href={hrefOf(line.id)} scroll={false} prefetch={false} className={classes.link}>
                  {secondsIn(line.at, timeZone)}
                </Link>
              </td>
              <td>
                <Outcome line={line} />
              </td>
              <td>{OPERATION_WORDS[line.operation]}</td>
              <td data-align="end">{formatCount(line.units)}</td>
              <td data-align="end">{line.remaining === null ? "–" : formatCount(line.remaining)}</td>
              <td className={classes.subject}>{line.subject ?? "–"}</td>
              <td>{line.state ?? "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
