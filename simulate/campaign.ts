import { z } from "zod";
import { CampaignLink } from "#lib/links/schema.ts";
import { ApiRefused } from "./api.ts";
import { print } from "./board.ts";
import type { ConsoleApi } from "./console-api.ts";
import type { Campaign } from "./plan.ts";
import type { Finding } from "./promises.ts";
import type { World } from "./scenario.ts";
import { waitFor } from "./watch.ts";
import { type Told, WatchApi } from "./watch-api.ts";

const Made = z.object({ id: z.uuid() });
const Links = z.object({ data: z.array(CampaignLink) });

const REASON = "Launch-day simulation";
const DESTINATION = "https://example.com/app";
const WAITING = "https://example.com/soon";
const BROWSER =
  "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36";
const BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
/** Of so many visitors, one is followed by a bot; and so many registrations are reported twice, or by people who followed nothing. */
const BOT_EVERY = 10;
const ODD_ONES = 5;
/** Seconds in which clicks are counted, and what followed them: the job looks each minute at what is a minute old. */
const COUNTED_WITHIN = 30;
const ATTRIBUTED_WITHIN = 240;

/** How the campaign is planned: where, whom it should bring, and for how many seconds it runs. */
export interface CampaignPlan extends Campaign {
  runId: string;
  seconds: number;
}

type Count = "clicks" | "visitors" | "waiting" | "bots" | "installs" | "registrations";

/** A live campaign of the run's own with one tracked link: who comes follows it, and what they do later is reported under their click. */
export class TrackedCampaign {
  readonly #console: ConsoleApi;
  readonly #events: WatchApi;
  readonly #gate: string;
  readonly #id: string;
  readonly #plan: CampaignPlan;
  readonly #told: Told[] = [];
  /** What was sent, by what the link has to say of it. */
  readonly #sent: Record<Count, number> = {
    clicks: 0,
    visitors: 0,
    waiting: 0,
    bots: 0,
    installs: 0,
    registrations: 0,
  };
  #lost = 0;

  private constructor(console: ConsoleApi, { options }: World, id: string, plan: CampaignPlan) {
    this.#console = console;
    this.#events = new WatchApi(options.consoleUrl, options.key);
    this.#gate = options.url;
    this.#id = id;
    this.#plan = plan;
  }

  /** Plans it, makes its link and starts it. Null when the key may not. */
  static async open(console: ConsoleApi, world: World, plan: CampaignPlan): Promise<TrackedCampaign | null> {
    const { runId, code, signUps, seconds } = plan;
    const now = Date.now();
    try {
      const { id } = Made.parse(
        await console.ask("POST", "/api/v1/campaigns", {
          name: `Launch-day simulation ${runId.slice(-8)}`,
          slug: runId,
          country: code,
          starts_at: new Date(now).toISOString(),
          ends_at: new Date(now + (seconds + 3600) * 1000).toISOString(),
          traffic_forecast: Math.ceil(signUps),
          expected_installs: Math.ceil(signUps),
        }),
      );
      const link = { slug: runId, label: "The post", destination: DESTINATION, waiting_url: WAITING };
      await console.ask("POST", `/api/v1/campaigns/${id}/links`, link);
      await console.ask("POST", `/api/v1/campaigns/${id}/start`, { reason: REASON });
      print(`  ${code}: its campaign is tracked by /go/${runId}`);
      return new TrackedCampaign(console, world, id, plan);
    } catch (error) {
      if (!(error instanceof ApiRefused) || error.code !== "forbidden") throw error;
      return null;
    }
  }

  /** Somebody follows the link, each from an address of their own, and installs when the door is open. */
  async arrive(name: string): Promise<void> {
    const number = this.#sent.visitors + this.#lost;
    const address = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
    this.#sent.visitors += 1;
    const location = await this.#follow(BROWSER, address);
    if (location === null) {
      this.#sent.visitors -= 1;
      this.#lost += 1;
      return;
    }
    this.#sent.clicks += 1;
    if (number % BOT_EVERY === 0 && (await this.#follow(BOT, address)) !== null) this.#sent.bots += 1;
    if (location.href.startsWith(WAITING)) {
      this.#sent.waiting += 1;
      return;
    }
    this.#sent.installs += 1;
    const click = location.searchParams.get("gty_click") ?? "";
    this.#told.push({
      type: "app.installed",
      data: { country: this.#plan.code, device: `phone-${name}`, click_id: click },
    });
  }

  /** Whoever arrived under this name has an account now. */
  signedUp(name: string): void {
    const device = `phone-${name}`;
    if (!this.#told.some(({ type, data }) => type === "app.installed" && data?.device === device)) return;
    this.#sent.registrations += 1;
    this.#told.push({
      type: "registration.completed",
      subject: name,
      data: { country: this.#plan.code, device },
    });
  }

  async #follow(agent: string, address: string): Promise<URL | null> {
    const response = await fetch(`${this.#gate}/go/${this.#plan.runId}`, {
      redirect: "manual",
      headers: { "user-agent": agent, "x-forwarded-for": address },
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null);
    await response?.body?.cancel();
    return URL.parse(response?.headers.get("location") ?? "");
  }

  /** Installs and registrations, a few of the latter twice, and a few of people whom no link brought. */
  async #report(): Promise<void> {
    const again = this.#told.filter(({ type }) => type === "registration.completed").slice(0, ODD_ONES);
    const others = Array.from({ length: ODD_ONES }, (_, number): Told => {
      const name = `${this.#plan.runId}-by-themselves-${number}`;
      return {
        type: "registration.completed",
        subject: name,
        data: { country: this.#plan.code, device: `phone-${name}` },
      };
    });
    await this.#events.report([...this.#told, ...again, ...others]);
  }

  async #link(): Promise<CampaignLink> {
    const { data } = Links.parse(await this.#console.ask("GET", `/api/v1/campaigns/${this.#id}/links`));
    const [link] = data;
    if (link === undefined) throw new Error("the campaign has no link");
    return link;
  }

  /** Whether the link's counts become what was sent, in time. Untried where nothing was sent, some answers were lost, or it was stopped. */
  async #compare(world: World, promise: string, within: number, counts: Count[]): Promise<Finding> {
    const equal = (link: CampaignLink) => counts.every((count) => link[count] === this.#sent[count]);
    const { value } = await waitFor(promise, within, world, async () => {
      const link = await this.#link();
      return equal(link) ? link : null;
    });
    const link = value ?? (await this.#link());
    const evidence = counts.map((count) => `${count}: ${this.#sent[count]} sent, ${link[count]} counted`);
    const isTried = this.#sent.clicks > 0 && (equal(link) || (this.#lost === 0 && !world.signal.aborted));
    return { promise, kept: isTried ? equal(link) : null, evidence: [evidence.join("; ")] };
  }

  /** Reports what people did, and holds the link's own counts against what was sent. */
  async judge(world: World): Promise<Finding[]> {
    const clicks = await this.#compare(
      world,
      "a tracked link counts each click once, bots apart",
      COUNTED_WITHIN,
      ["clicks", "visitors", "waiting", "bots"],
    );
    await this.#report();
    const steps = "installs and registrations are given to the link they came through, once each";
    const flags = await this.#console.flags();
    if (flags.get("launch.prCoordinator") === false)
      return [clicks, { promise: steps, kept: null, evidence: ["the flag launch.prCoordinator is off"] }];
    return [clicks, await this.#compare(world, steps, ATTRIBUTED_WITHIN, ["installs", "registrations"])];
  }

  /** Ends it. Returns the sentence for what stays. */
  async end(): Promise<string> {
    await this.#console.ask("POST", `/api/v1/campaigns/${this.#id}/end`, { reason: REASON });
    return `${this.#plan.code}: the campaign "${this.#plan.runId}" has ended and stays, with its link and what it brought.`;
  }
}
