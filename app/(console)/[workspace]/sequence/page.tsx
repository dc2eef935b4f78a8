import { IconRoute } from "@tabler/icons-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { OrderList } from "#app/(console)/[workspace]/sequence/order-list.tsx";
import classes from "#app/(console)/[workspace]/sequence/sequence.module.css";
import {
  ChecklistDialog,
  ExtendDialog,
  FreezeDialog,
  ThawForm,
} from "#app/(console)/[workspace]/sequence/sequence-dialogs.tsx";
import { StepCard } from "#app/(console)/[workspace]/sequence/step-card.tsx";
import { EmptyState } from "#components/empty-state.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { RelativeTime } from "#components/relative-time.tsx";
import { asUser } from "#lib/db/as-user.ts";
import { COUNTRY_CODES } from "#lib/launch/country-codes.ts";
import { countryName } from "#lib/launch/country-name.ts";
import { readSequencePage } from "#lib/sequence/sequence-page.ts";
import { readFlags } from "#lib/workspace/flags.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Sequence" };

type Props = { params: Promise<{ workspace: string }> };

/** The order in which countries open, how each moves on, and what it waits for. */
export default async function SequencePageView({ params }: Props) {
  const { workspace: slug } = await params;
  const member = await requireMember(slug);
  if (!member.permissions.includes("sequence.read")) {
    return <NoAccess slug={slug}>The sequence is read by others.</NoAccess>;
  }
  const { id } = member.workspace;
  const { page, flags } = await asUser(member.claims, async (tx) => ({
    page: await readSequencePage(tx, id),
    flags: await readFlags(tx, id),
  }));
  const isOn = flags.find((flag) => flag.key === "launch.marketSequencer")?.enabled ?? true;
  const mayManage = member.permissions.includes("sequence.manage");
  const mayApprove = member.permissions.includes("sequence.approve");
  const taken = new Set(page.steps.map(({ country }) => country));
  const free = COUNTRY_CODES.filter((code) => !taken.has(code)).map((code) => ({
    code,
    name: countryName(code),
  }));
  const nonce = (await headers()).get("x-nonce") ?? "";
  const extendDialog = mayManage && (
    <ExtendDialog
      slug={slug}
      templates={page.templates}
      countries={free.toSorted((a, b) => a.name.localeCompare(b.name))}
    />
  );
  return (
    <>
      <PageHeader
        title="Sequence"
        badge={<LiveRefresh slug={slug} />}
        description="The order in which countries open. Each hour gates are judged, and what has passed is proposed or moves by itself; what is inconclusive waits."
        actions={
          mayManage && page.steps.length > 0 ? (
            <div className={classes.buttons}>
              {extendDialog}
              <FreezeDialog slug={slug} steps={page.steps} />
              <ChecklistDialog slug={slug} items={page.items} />
            </div>
          ) : undefined
        }
      />
      <div className={panel.stack}>
        {!isOn && (
          <p className={panel.note} role="status">
            The flag launch.marketSequencer is off: nothing is judged, proposed or moved.
          </p>
        )}
        {page.freezes.map((freeze) => (
          <section key={freeze.id} className={panel.panel} aria-label="Freeze">
            <div className={classes.head}>
              <strong>
                {freeze.country === null
                  ? "All countries are frozen"
                  : `${countryName(freeze.country)} is frozen`}
              </strong>
              <span>
                until <RelativeTime at={new Date(freeze.until).toISOString()} />: {freeze.reason}
              </span>
              {mayManage && <ThawForm slug={slug} freeze={freeze} />}
            </div>
          </section>
        ))}
        {page.steps.length === 0 || page.version === null ? (
          <EmptyState
            icon={<IconRoute size={28} />}
            title="No country is in the sequence yet"
            action={<div className={classes.buttons}>{extendDialog}</div>}
          >
            Install the EU first wave, or another template, and put it in the order you want to open in.
          </EmptyState>
        ) : (
          <OrderList
            slug={slug}
            version={page.version}
            mayManage={mayManage}
            nonce={nonce}
            steps={page.steps.map((step) => ({
              country: step.country,
              name: step.name,
              body: (
                <StepCard slug={slug} step={step} page={page} mayManage={mayManage} mayApprove={mayApprove} />
              ),
            }))}
          />
        )}
      </div>
    </>
  );
}
