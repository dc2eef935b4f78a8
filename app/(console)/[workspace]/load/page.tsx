import type { Metadata } from "next";
import { z } from "zod";
import { OPERATION_WORDS } from "#app/(console)/[workspace]/countries/operation-words.ts";
import { readTried, TriedQuery } from "#app/(console)/[workspace]/dry-runs/tried.ts";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { HistoryPanel, ShadowPanel } from "#app/(console)/[workspace]/load/history-panel.tsx";
import { LevelPanel } from "#app/(console)/[workspace]/load/level-panel.tsx";
import { whyText } from "#app/(console)/[workspace]/load/level-words.ts";
import {
  LimitDialog,
  RemoveLimit,
  RemoveSource,
  SourceDialog,
} from "#app/(console)/[workspace]/load/limit-dialog.tsx";
import classes from "#app/(console)/[workspace]/load/load.module.css";
import { MeasurementList } from "#app/(console)/[workspace]/load/measurements-panel.tsx";
import { YieldDialog } from "#app/(console)/[workspace]/load/override-form.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { PageHeader } from "#components/page-header.tsx";
import { asUser } from "#lib/db/as-user.ts";
import { readThrottle } from "#lib/launch/throttle.ts";
import { OPERATIONS } from "#lib/launch/vocabulary.ts";
import { readFirings, readLevel, readLevelHistory, readLimits } from "#lib/load/load-page.ts";
import { EVENT_TYPES } from "#lib/signals/vocabulary.ts";
import { readFlags } from "#lib/workspace/flags.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Load" };

const Query = z.object({ range: z.enum(["24h", "7d"]).catch("24h") });
const HOW_TO = `curl -X POST "$GANTRY/api/v1/measurements" \\
  -H "Authorization: Bearer $GANTRY_KEY" -H "Content-Type: application/json" \\
  -d '{"measurements": [{"name": "webrtc_sessions", "value": 8200}]}'`;

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, unknown>> };

/** What is measured against which limits, the throttle level that follows, and what people may do about it. */
export default async function LoadPage({ params, searchParams }: Props) {
  const { workspace: slug } = await params;
  const member = await requireMember(slug);
  if (!member.permissions.includes("load.read")) {
    return <NoAccess slug={slug}>Load is watched by others.</NoAccess>;
  }
  const query = await searchParams;
  const { range } = Query.parse(query);
  const { tried: run, limit } = TriedQuery.parse(query);
  const tried = (await readTried(member, run))?.limits?.find(({ name }) => name === limit) ?? null;
  const { id } = member.workspace;
  const read = await asUser(member.claims, async (tx) => ({
    rows: await readLimits(tx, id),
    level: await readLevel(tx, id),
    history: await readLevelHistory(tx, id, range === "24h" ? 24 : 168, range === "24h" ? 5 : 30),
    firings: await readFirings(tx, id),
    throttle: await readThrottle(tx, id),
    flags: await readFlags(tx, id),
  }));
  const isOn = read.flags.find((flag) => flag.key === "launch.autoThrottle")?.enabled ?? true;
  const mayManage = member.permissions.includes("load.manage");
  return (
    <>
      <PageHeader
        title="Load"
        badge={<LiveRefresh slug={slug} />}
        description="Measured load against its limits, each minute. Level 1 from 80 % of a limit, 2 from 100 %, 3 from 130 %; a level is left after three calm minutes."
        actions={mayManage && <LimitDialog slug={slug} row={null} tried={null} eventTypes={EVENT_TYPES} />}
      />
      <div className={panel.stack}>
        <LevelPanel
          slug={slug}
          level={read.level}
          why={whyText(read.level, read.rows, isOn)}
          mayOverride={member.permissions.includes("throttle.override")}
        />
        <section className={panel.panel} aria-labelledby="measurements">
          <div className={panel.head}>
            <h2 id="measurements" className={panel.title}>
              Measurements
            </h2>
          </div>
          <MeasurementList
            rows={read.rows}
            buttons={(row) =>
              mayManage && (
                <div className={panel.facts}>
                  <LimitDialog
                    slug={slug}
                    row={row}
                    tried={tried?.name === row.name ? tried : null}
                    eventTypes={EVENT_TYPES}
                  />
                  <SourceDialog slug={slug} row={row} />
                  {row.url !== null && <RemoveSource slug={slug} row={row} />}
                  <RemoveLimit slug={slug} row={row} />
                </div>
              )
            }
          />
          {read.rows.every((row) => row.value === null) && (
            <>
              <p className={panel.note}>
                Nothing has been measured yet. Report a measurement with a key that has the scope
                signals.report:
              </p>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
              <pre className={classes.code} tabIndex={0}>
                {HOW_TO}
              </pre>
            </>
          )}
        </section>
        <HistoryPanel history={read.history} range={range} now={Date.now()} />
        <section className={panel.panel} aria-labelledby="yields">
          <div className={panel.head}>
            <h2 id="yields" className={panel.title}>
              Who yields
            </h2>
          </div>
          {OPERATIONS.map((operation) => {
            const from = read.throttle.yields_from[operation] ?? 4;
            return (
              <div key={operation} className={panel.head}>
                <span>
                  {OPERATION_WORDS[operation]}: {from === 4 ? "never" : `from level ${from}`}
                </span>
                {mayManage && <YieldDialog slug={slug} operation={operation} from={from} />}
              </div>
            );
          })}
          <p className={panel.note}>
            From level 2 the KPIs wait up to 10 minutes and the gates between phases up to 45.
          </p>
        </section>
        <ShadowPanel firings={read.firings} />
      </div>
    </>
  );
}
