import { expect, test } from "vitest";
import { inputOf, parseCampaigns } from "#lib/campaigns/campaign-import.ts";

const HEAD = "Name,Country,Starts at,Ends at,Followers,Traffic forecast";
const good = "Anna,PL,2030-06-01T18:00:00Z,2030-06-02T18:00:00Z,1000,";

test("CAMP-40 a file's good rows are kept and each other is named: an end before the start or too late, a country that isn't, a number that isn't", () => {
  const rows = [
    good,
    "Back,PL,2030-06-02T18:00:00Z,2030-06-01T18:00:00Z,,",
    "Long,PL,2030-06-01T18:00:00Z,2030-12-01T18:00:00Z,,",
    "Nowhere,XX,2030-06-01T18:00:00Z,2030-06-02T18:00:00Z,,",
    "Many,PL,2030-06-01T18:00:00Z,2030-06-02T18:00:00Z,many,",
    "Bert,CZ,2030-06-01T18:00:00Z,2030-06-02T18:00:00Z,,7",
  ];
  const parsed = parseCampaigns([HEAD, ...rows].join("\n"));
  if ("problem" in parsed) throw new Error(parsed.problem);
  expect(parsed.plans.map(({ name, traffic_forecast }) => [name, traffic_forecast])).toEqual([
    ["Anna", undefined],
    ["Bert", 7],
  ]);
  expect(parsed.refusals.map(({ row, name, problem }) => [row, name, problem.split(":")[0]])).toEqual([
    [2, "Back", "ends_at"],
    [3, "Long", "ends_at"],
    [4, "Nowhere", "country"],
    [5, "Many", "followers"],
  ]);
});

test("CAMP-41 a file without the columns it needs is refused as a whole, and a name becomes a slug of its own", () => {
  expect(parseCampaigns("name,country\nAnna,PL")).toEqual({
    problem: "The first line must name the columns: starts_at, ends_at missing.",
  });
  const parsed = parseCampaigns(`${HEAD}\n${good.replace("Anna", "Łódź i Żywiec!")}`);
  const [plan] = "plans" in parsed ? parsed.plans : [];
  if (plan === undefined) throw new Error("the row was refused");
  expect(inputOf(plan).slug).toMatch(/^odz-i-zywiec-[0-9a-f]{4}$/);
});

test("CAMP-42 a file's attribution windows and shape are taken, the usual ones where it has none, and one out of bounds is named", () => {
  const head = "name,country,starts_at,ends_at,shape,install_window_days,later_window_days";
  const dates = "PL,2030-06-01T18:00:00Z,2030-06-02T18:00:00Z";
  const parsed = parseCampaigns(
    [head, `Anna,${dates},even,30,90`, `Bert,${dates},,,`, `Cora,${dates},,31,`, `Dora,${dates},,,0`].join(
      "\n",
    ),
  );
  if ("problem" in parsed) throw new Error(parsed.problem);
  expect(parsed.plans.map((plan) => [plan.shape, plan.install_window_days, plan.later_window_days])).toEqual([
    ["even", 30, 90],
    ["spike", 7, 30],
  ]);
  expect(parsed.refusals.map(({ name, problem }) => [name, problem.split(":")[0]])).toEqual([
    ["Cora", "install_window_days"],
    ["Dora", "later_window_days"],
  ]);
});
