export type Plan = { traffic_forecast: number; expected_installs: number; creator_inflow: number };

/**
 * A starting point for a campaign's forecast: a tenth of the followers come, two in a hundred install, one in a thousand becomes a creator. Whole
 * numbers. The shares are the launch requirement's own heuristic; they are where a plan begins, not what it ends with.
 */
export function planFromFollowers(followers: number): Plan {
  return {
    traffic_forecast: Math.round(followers * 0.1),
    expected_installs: Math.round(followers * 0.02),
    creator_inflow: Math.round(followers * 0.001),
  };
}
