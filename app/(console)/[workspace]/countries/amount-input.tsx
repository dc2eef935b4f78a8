"use client";

import { Group, Select, TextInput } from "@mantine/core";
import { MINOR_DIGITS } from "#lib/launch/currencies.ts";

const CURRENCIES = Object.keys(MINOR_DIGITS);

type Props = {
  label: string;
  description?: string;
  amount: string;
  currency: string | null;
  onChange: (amount: string, currency: string | null) => void;
  /** `false` keeps both out of the form. */
  sent: boolean;
  disabled?: boolean;
  problem: (name: string) => string | undefined;
};

/** An amount of money in major units, and its currency. */
export function AmountInput({
  label,
  description,
  amount,
  currency,
  onChange,
  sent,
  disabled = false,
  problem,
}: Props) {
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        style={{ flex: 1 }}
        label={label}
        description={description}
        {...(sent && { name: "amount" })}
        inputMode="decimal"
        autoComplete="off"
        value={amount}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.value, currency)}
        error={problem("amount")}
      />
      <Select
        w={104}
        aria-label="Currency"
        {...(sent && amount !== "" && { name: "currency" })}
        data={CURRENCIES}
        searchable
        value={currency}
        disabled={disabled}
        onChange={(chosen) => onChange(amount, chosen)}
        error={problem("currency") ?? problem("amount.currency")}
      />
    </Group>
  );
}
