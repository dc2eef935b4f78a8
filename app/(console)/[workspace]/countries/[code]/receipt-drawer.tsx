"use client";

import { Drawer } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Outcome } from "#app/(console)/[workspace]/countries/[code]/receipt-list.tsx";
import classes from "#app/(console)/[workspace]/countries/[code]/receipts.module.css";
import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { CopyButton } from "#components/copy-button.tsx";
import { formatCount } from "#components/number-format.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import { formatMinor, isCurrency } from "#lib/launch/currencies.ts";
import type { ReceiptDetail } from "#lib/launch/receipt-pages.ts";

type Props = { receipt: ReceiptDetail | null; timeZone: string; onClose: () => void };

function Row({ name, children }: { name: string; children: ReactNode }) {
  if (children === null || children === undefined || children === false || children === "") return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function reservationText(receipt: ReceiptDetail): string | null {
  return receipt.state === null
    ? null
    : `${receipt.state}, ${formatCount(receipt.units)} ${receipt.units === 1 ? "unit" : "units"}`;
}

function Details({ receipt, timeZone }: { receipt: ReceiptDetail; timeZone: string }) {
  const when = (at: string | null) =>
    at !== null && <RelativeTime at={at} show="stamp" timeZone={timeZone} />;
  const { amount } = receipt;
  return (
    <>
      <p className={classes.answer}>
        <Outcome line={receipt} />
      </p>
      <p className={classes.explanation}>{receipt.explanation}</p>
      <dl className={classes.details}>
        <Row name="Decided">{when(receipt.at)}</Row>
        <Row name="Country">{`${receipt.countryName} (${receipt.country})`}</Row>
        <Row name="Operation">{OPERATION_WORDS[receipt.operation]}</Row>
        <Row name="Units">{formatCount(receipt.units)}</Row>
        <Row name="Amount">
          {amount !== null && isCurrency(amount.currency) && formatMinor(amount.minor, amount.currency, "en")}
        </Row>
        <Row name="Cap then">{receipt.cap === null ? "none" : formatCount(receipt.cap)}</Row>
        <Row name="Remained">{receipt.remaining === null ? null : formatCount(receipt.remaining)}</Row>
        <Row name="Counted in">{receipt.day}</Row>
        <Row name="Ask again">{when(receipt.retryAt)}</Row>
        <Row name="Reservation">{reservationText(receipt)}</Row>
        <Row name="Held until">{when(receipt.holdExpiresAt)}</Row>
        <Row name="Settled">{when(receipt.settledAt)}</Row>
        <Row name="Subject">{receipt.subject}</Row>
        <Row name="Device">{receipt.device}</Row>
        <Row name="Address">{receipt.ip}</Row>
        <Row name="Policy version">{receipt.policyVersion}</Row>
        <Row name="Throttle level">{receipt.throttleLevel}</Row>
        <Row name="API key">{receipt.keyName}</Row>
        <Row name="Idempotency key">
          <code>{receipt.idempotencyKey}</code>{" "}
          <CopyButton value={receipt.idempotencyKey} what="idempotency key" />
        </Row>
        <Row name="Receipt">
          <code>{receipt.id}</code> <CopyButton value={receipt.id} what="receipt id" />
        </Row>
      </dl>
    </>
  );
}

/** One receipt, explained. It closes by taking the receipt out of the address. */
export function ReceiptDrawer({ receipt, timeZone, onClose }: Props) {
  // Kept while it slides out, after the page no longer has it.
  const [last, setLast] = useState(receipt);
  if (receipt !== null && receipt !== last) setLast(receipt);
  return (
    <Drawer
      opened={receipt !== null}
      onClose={onClose}
      position="right"
      size={440}
      padding="lg"
      title={<strong>Receipt of a cap check</strong>}
      closeButtonProps={{ "aria-label": "Close" }}
      attributes={{ header: { role: "presentation" } }}
    >
      {last !== null && <Details receipt={last} timeZone={timeZone} />}
    </Drawer>
  );
}
