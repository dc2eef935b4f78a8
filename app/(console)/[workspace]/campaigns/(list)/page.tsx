import type { Metadata } from "next";
import { z } from "zod";
import { Calendar, monthStart } from "#app/(console)/[workspace]/campaigns/calendar.tsx";
import classes from "#app/(console)/[workspace]/campaigns/campaigns.module.css";
import { CampaignsTable } from "#app/(console)/[workspace]/campaigns/campaigns-table.tsx";
import { ImportCampaigns, NewCampaign } from "#app/(console)/[workspace]/campaigns/new-campaign.tsx";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { LinkButton } from "#components/link-button.tsx";
import { PageHeader } from "#components/page-header.tsx";
import { readCampaignRows } from "#lib/campaigns/campaign-page.ts";
import { asUser } from "#lib/db/as-user.ts";
import { type CountryToday, readCountriesToday } from "#lib/launch/country-pages.ts";
import { OPEN_PHASES } from "#lib/launch/vocabulary.ts";
import { readFlags } from "#lib/workspace/flags.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Campaigns" };

const Query = z.object({
  view: z.enum(["table", "calendar"]).catch("table"),
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional()
    .catch(undefined),
});
const isOpen = (phase: CountryToday["phase"]) => OPEN_PHASES.some((open) => open === phase);

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, unknown>> };

/** Countries to plan in, those that let people in before the others. */
const openFirst = (countries: readonly CountryToday[]) =>
  countries
    .toSorted((a, b) => Number(isOpen(b.phase)) - Number(isOpen(a.phase)))
    .map(({ code, name }) => ({ code, name }));

/** Campaigns with what they plan and what they came to, as a table or a month. */
export default async function CampaignsPage({ params, searchParams }: Props) {
  const { workspace: slug } = await params;
  const member = await requireMember(slug);
  if (!member.permissions.includes("campaigns.read"))
    return <NoAccess slug={slug}>Campaigns are planned by others.</NoAccess>;
  const { view, month } = Query.parse(await searchParams);
  const { id } = member.workspace;
  const { campaigns, countries, flags } = await asUser(member.claims, async (tx) => ({
    campaigns: await readCampaignRows(tx, id),
    countries: await readCountriesToday(tx, id),
    flags: await readFlags(tx, id),
  }));
  const isOn = flags.find((flag) => flag.key === "launch.prCoordinator")?.enabled ?? true;
  const mayManage = member.permissions.includes("campaigns.manage");
  const isCalendar = view === "calendar";
  return (
    <>
      <PageHeader
        title="Campaigns"
        badge={<LiveRefresh slug={slug} />}
        description="Who sends people where and when, held against what the country can take, and what became of it."
        actions={
          <div className={classes.buttons}>
            <LinkButton href={`/${slug}/campaigns${isCalendar ? "" : "?view=calendar"}`} variant="default">
              {isCalendar ? "Table" : "Calendar"}
            </LinkButton>
            {mayManage && (
              <>
                <ImportCampaigns slug={slug} />
                <NewCampaign slug={slug} countries={openFirst(countries)} />
              </>
            )}
          </div>
        }
      />
      {!isOn && (
        <p className={panel.note} role="status">
          The flag launch.prCoordinator is off: no campaign starts, ends or is watched by itself.
        </p>
      )}
      {isCalendar ? (
        <Calendar slug={slug} campaigns={campaigns} from={monthStart(month, Date.now())} />
      ) : (
        <CampaignsTable slug={slug} campaigns={campaigns} />
      )}
    </>
  );
}
