export interface FlagText {
  title: string;
  /** What happens while it is on, and while it is off. */
  on: string;
  off: string;
  /** Off is dangerous: it must be typed to be confirmed. */
  danger?: true;
}

/** What each switch means, for people. The keys are those of app.flag_definitions. */
export const FLAG_TEXTS: Record<string, FlagText> = {
  "launch.enabled": {
    title: "Launch engine",
    on: "Cap checks are decided by phases, caps and the throttle level.",
    off: "Every check of every country is allowed with the reason engine_disabled. Nothing is counted, no cap holds, a paused country lets everybody in.",
    danger: true,
  },
  "launch.countryCaps": {
    title: "Country caps",
    on: "A check past a country's cap is refused.",
    off: "Shadow mode: checks are allowed and counted, and the answer that would have been given is recorded with each.",
    danger: true,
  },
  "launch.autoThrottle": {
    title: "Automatic throttle",
    on: "Measured load raises and lowers the throttle level by itself.",
    off: "The throttle level stays where it is until somebody overrides it.",
  },
  "launch.fraudShield": {
    title: "Fraud shield",
    on: "Fraud and attacks are looked for and answered by policy.",
    off: "Nothing is looked for. Blocks that exist stay until they end.",
  },
  "launch.regionAnalytics": {
    title: "Region analytics",
    on: "KPIs and risk are rolled up per country.",
    off: "No roll-ups are made; risk is not scored anew.",
  },
  "launch.prCoordinator": {
    title: "Campaign coordinator",
    on: "Campaigns are tracked and held against capacity.",
    off: "Campaigns are kept, but not tracked.",
  },
  "launch.autoRegionPause": {
    title: "Automatic pause",
    on: "A country whose risk is critical is paused by itself.",
    off: "A critical country stays open until a person pauses it.",
  },
  "launch.marketSequencer": {
    title: "Market sequence",
    on: "The order in which countries open is evaluated.",
    off: "No country is proposed or advanced by the sequence.",
  },
};
