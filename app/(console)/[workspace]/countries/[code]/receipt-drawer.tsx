"use client";

import { Outcome } from "#app/(console)/[workspace]/countries/[code]/receipt-list.tsx";
import classes from "#app/(console)/[workspace]/countries/[code]/receipts.module.css";
import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { CopyButton } from "#components/copy-button.tsx";
import { DetailDrawer } from "#components/detail-drawer.tsx";
import { Fact, Facts } from "#components/facts.tsx";
import { formatCount } from "#components/number-format.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import { formatMinor, isCurrency } from "#lib/launch/currencies.ts";
import type { ReceiptDetail } from "#lib/launch/receipt-pages.ts";

type Props = { receipt: ReceiptDetail; timeZone: string; closeHref: string };

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
      <Facts>
        <Fact name="Decided">{when(receipt.at)}</Fact>
        <Fact name="Country">{`${receipt.countryName} (${receipt.country})`}</Fact>
        <Fact name="Operation">{OPERATION_WORDS[receipt.operation]}</Fact>
        <Fact name="Units">{formatCount(receipt.units)}</Fact>
        <Fact name="Amount">
          {amount !== null && isCurrency(amount.currency) && formatMinor(amount.minor, amount.currency, "en")}
        </Fact>
        <Fact name="Cap then">{receipt.cap === null ? "none" : formatCount(receipt.cap)}</Fact>
        <Fact name="Remained">{receipt.remaining === null ? null : formatCount(receipt.remaining)}</Fact>
        <Fact name="Counted in">{receipt.day}</Fact>
        <Fact name="Ask again">{when(receipt.retryAt)}</Fact>
        <Fact name="Reservation">{reservationText(receipt)}</Fact>
        <Fact name="Held until">{when(receipt.holdExpiresAt)}</Fact>
        <Fact name="Settled">{when(receipt.settledAt)}</Fact>
        <Fact name="Subject">{receipt.subject}</Fact>
        <Fact name="Device">{receipt.device}</Fact>
        <Fact name="Address">{receipt.ip}</Fact>
        <Fact name="Policy version">{receipt.policyVersion}</Fact>
        <Fact name="Throttle level">{receipt.throttleLevel}</Fact>
        <Fact name="API key">{receipt.keyName}</Fact>
        <Fact name="Idempotency key">
          <code>{receipt.idempotencyKey}</code>{" "}
          <CopyButton value={receipt.idempotencyKey} what="idempotency key" />
        </Fact>
        <Fact name="Receipt">
          <code>{receipt.id}</code> <CopyButton value={receipt.id} what="receipt id" />
        </Fact>
      </Facts>
    </>
  );
}

/** One receipt, explained. */
export function ReceiptDrawer({ receipt, timeZone, closeHref }: Props) {
  return (
    <DetailDrawer title="Receipt of a cap check" closeHref={closeHref}>
      <Details receipt={receipt} timeZone={timeZone} />
    </DetailDrawer>
  );
}
