import type { Metadata } from "next";
import { LiveRefresh } from "#app/(console)/[workspace]/live-refresh.tsx";
import { NoAccess } from "#app/(console)/[workspace]/no-access.tsx";
import { RoutineCard } from "#app/(console)/[workspace]/routines/routine-card.tsx";
import classes from "#app/(console)/[workspace]/routines/routines.module.css";
import { ROUTINE_WORDS, weekdayOf } from "#app/(console)/[workspace]/routines/words.ts";
import { PageHeader } from "#components/page-header.tsx";
import { asUser } from "#lib/db/as-user.ts";
import { ROUTINES, type Routine, type Routines, readRoutines } from "#lib/overview/routines.ts";
import { requireMember } from "#lib/workspace/session.ts";

export const metadata: Metadata = { title: "Routines" };

type Props = { params: Promise<{ workspace: string }> };

const DAY = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  timeZone: "UTC",
});

function cardOf(routine: Routine, { day, minute, items }: Routines) {
  const { title, when, from, weekday } = ROUTINE_WORDS[routine];
  const own = items.get(routine) ?? [];
  const isToday = weekday === null || weekday === weekdayOf(day);
  const isDue = isToday && minute >= from && own.some(({ tick }) => tick === null);
  return { routine, title, when, items: own, isToday, isDue };
}

/** What is seen to each day and week, with the day's ticks: who, and when. */
export default async function RoutinesPage({ params }: Props) {
  const { workspace: slug } = await params;
  const { claims, workspace, permissions } = await requireMember(slug);
  if (!permissions.includes("routines.tick")) {
    return <NoAccess slug={slug}>Routines are ticked by others.</NoAccess>;
  }
  const routines = await asUser(claims, (tx) => readRoutines(tx, workspace.id));
  const { day, timeZone, version } = routines;
  const cards = ROUTINES.map((routine) => cardOf(routine, routines));
  const shared = { slug, timeZone, version, mayManage: permissions.includes("routines.manage") };
  const isWeekly = ({ routine }: { routine: Routine }) => ROUTINE_WORDS[routine].weekday !== null;
  return (
    <>
      <PageHeader
        title="Routines"
        badge={<LiveRefresh slug={slug} />}
        description={`${DAY.format(new Date(`${day}T00:00:00Z`))}, in ${timeZone}. Ticks begin anew each day.`}
      />
      <div className={classes.grid}>
        {cards
          .filter((card) => !isWeekly(card))
          .map((card) => (
            <RoutineCard key={card.routine} {...shared} {...card} />
          ))}
      </div>
      <h2 className={classes.heading}>Each week</h2>
      <div className={classes.grid} data-weekly>
        {cards.filter(isWeekly).map((card) => (
          <RoutineCard key={card.routine} {...shared} {...card} />
        ))}
      </div>
    </>
  );
}
