import { Alert } from "@mantine/core";
import { IconFlag3, IconGauge } from "@tabler/icons-react";
import Link from "next/link";
import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { throttleWord } from "#app/(console)/[workspace]/throttle-words.ts";
import { RelativeTime } from "#components/relative-time.tsx";
import type { readOverview } from "#lib/launch/country-pages.ts";
import { OPERATIONS } from "#lib/launch/vocabulary.ts";

type Overview = Awaited<ReturnType<typeof readOverview>>;
type Props = { slug: string; throttle: Overview["throttle"]; flagsOff: Overview["flagsOff"] };

/** What changes every answer at once: a throttle level above normal, and flags that are off. Nothing when all is normal. */
export function Switches({ slug, throttle, flagsOff }: Props) {
  const yielding = OPERATIONS.filter((operation) => throttle.level >= (throttle.yields_from[operation] ?? 4));
  return (
    <>
      {throttle.level > 0 && (
        <Alert
          color={throttle.level >= 2 ? "red" : "yellow"}
          icon={<IconGauge />}
          title={`Throttle level ${throttle.level}: ${throttleWord(throttle.level).toLowerCase()}`}
        >
          {yielding.length === 0
            ? "No operation yields yet."
            : `${yielding.map((operation) => OPERATION_WORDS[operation]).join(", ")} are refused for now.`}
          {throttle.forced_until !== null && (
            <>
              {" "}
              Forced by a person; it ends <RelativeTime at={throttle.forced_until} />.
            </>
          )}
        </Alert>
      )}
      {flagsOff.length > 0 && (
        <Alert
          color="yellow"
          icon={<IconFlag3 />}
          title={flagsOff.length === 1 ? "One flag is off" : `${flagsOff.length} flags are off`}
        >
          <ul style={{ margin: 0, paddingInlineStart: 18 }}>
            {flagsOff.map((flag) => (
              <li key={flag.key}>
                <Link href={`/${slug}/flags`} style={{ color: "inherit" }}>
                  <code>{flag.key}</code>
                </Link>
                : {flag.description}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
}
