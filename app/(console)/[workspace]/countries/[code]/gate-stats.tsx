import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { formatCount } from "#components/number-format.ts";
import { Stat, StatGroup } from "#components/stat.tsx";
import { UsageBar, usageTone } from "#components/usage-bar.tsx";
import type { CountryToday, GateToday } from "#lib/launch/country-pages.ts";
import { formatMinor } from "#lib/launch/currencies.ts";
import { OPERATIONS, type Operation } from "#lib/launch/vocabulary.ts";

function hintOf(gate: GateToday): string {
  const parts = [`${formatCount(Math.max(gate.cap - gate.used - gate.kept, 0))} left`];
  if (gate.kept > 0) parts.push(`${formatCount(gate.kept)} kept for campaigns`);
  if (gate.held > 0) parts.push(`${formatCount(gate.held)} held`);
  if (gate.refused > 0) parts.push(`${formatCount(gate.refused)} refused`);
  if (gate.corrected !== 0)
    parts.push(`${gate.corrected > 0 ? "+" : "−"}${formatCount(Math.abs(gate.corrected))} corrected`);
  return parts.join(" · ");
}

function AmountStat({ country }: { country: CountryToday }) {
  const { amountCap, amountUsedMinor } = country.gates.payment;
  if (amountCap === null)
    return <Stat label="Payment amount today" value="No cap" hint="Only the number of payments is capped" />;
  const money = (minor: number) => formatMinor(minor, amountCap.currency, "en");
  return (
    <Stat label="Payment amount today" value={money(amountUsedMinor)} hint={`of ${money(amountCap.minor)}`}>
      <UsageBar
        label={`Payment amount in ${country.name} today, in minor units of ${amountCap.currency}`}
        used={amountUsedMinor}
        cap={amountCap.minor}
        show="bar"
      />
    </Stat>
  );
}

/** Today's numbers of a country: one for each operation, and the amount. */
export function GateStats({ country }: { country: CountryToday }) {
  const stat = (operation: Operation) => {
    const gate = country.gates[operation];
    const isFull = country.phase !== "not_launched" && usageTone(gate.used, gate.cap) === "full";
    return (
      <Stat
        key={operation}
        label={`${OPERATION_WORDS[operation]} today`}
        value={
          <>
            {formatCount(gate.used)}
            <span style={{ color: "var(--g-text-muted)", fontSize: "0.875rem", fontWeight: 450 }}>
              {" "}
              / {formatCount(gate.cap)}
            </span>
          </>
        }
        hint={hintOf(gate)}
        tone={isFull ? "danger" : "plain"}
      >
        <UsageBar
          label={`${OPERATION_WORDS[operation]} in ${country.name} today`}
          used={gate.used - gate.held}
          held={gate.held}
          cap={gate.cap}
          show="bar"
        />
      </Stat>
    );
  };
  return (
    <StatGroup label="Today">
      {OPERATIONS.map(stat)}
      <AmountStat country={country} />
    </StatGroup>
  );
}
