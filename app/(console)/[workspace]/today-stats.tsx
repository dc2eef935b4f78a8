import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { formatCount } from "#components/number-format.ts";
import { Stat, StatGroup } from "#components/stat.tsx";
import { UsageBar } from "#components/usage-bar.tsx";
import { type CountryToday, totalsToday } from "#lib/launch/country-pages.ts";
import { OPERATIONS } from "#lib/launch/vocabulary.ts";

/** The day over all countries that were activated, each in its own local day. */
export function TodayStats({ countries }: { countries: readonly CountryToday[] }) {
  const totals = totalsToday(countries);
  const refused = OPERATIONS.reduce((all, operation) => all + totals[operation].refused, 0);
  const open = countries.filter(({ phase }) => phase !== "not_launched" && phase !== "pause").length;
  const paused = countries.filter(({ phase }) => phase === "pause").length;
  return (
    <StatGroup label="Today">
      <Stat
        label="Open countries"
        value={formatCount(open)}
        hint={paused > 0 ? `${paused} paused, ${countries.length} listed` : `${countries.length} listed`}
      />
      {OPERATIONS.map((operation) => {
        const { used, cap, held } = totals[operation];
        return (
          <Stat
            key={operation}
            label={`${OPERATION_WORDS[operation]} today`}
            value={formatCount(used)}
            hint={`of ${formatCount(cap)}`}
          >
            <UsageBar
              label={`${OPERATION_WORDS[operation]} in all countries today`}
              used={used - held}
              held={held}
              cap={cap}
              show="bar"
            />
          </Stat>
        );
      })}
      <Stat
        label="Refused today"
        value={formatCount(refused)}
        hint="Units over all operations"
        tone={refused > 0 ? "warning" : "plain"}
      />
    </StatGroup>
  );
}
