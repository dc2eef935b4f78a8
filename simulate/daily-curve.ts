import type { Random } from "./random.ts";

function bell(hour: number, middle: number, width: number): number {
  const away = Math.min(Math.abs(hour - middle), 24 - Math.abs(hour - middle));
  return Math.exp(-((away / width) ** 2) / 2);
}

function raw(hour: number): number {
  return 0.12 + 0.45 * bell(hour, 12.5, 3) + bell(hour, 20, 2.2);
}

const QUARTERS = Array.from({ length: 96 }, (_, quarter) => raw(quarter / 4));
const MEAN = QUARTERS.reduce((sum, value) => sum + value, 0) / QUARTERS.length;
const PEAK = Math.max(...QUARTERS) / MEAN;

/** How busy an hour of the local day is, 1 being the day's mean: a trough at night, lunch, and the evening's peak. */
function busyness(hour: number): number {
  return raw(hour) / MEAN;
}

/** Poisson arrivals of a local day on its curve, in hours, up to hour `until`; `total` is what a whole day brings on average. */
export function arrivals(random: Random, total: number, until: number): number[] {
  const rate = (total / 24) * PEAK;
  const times: number[] = [];
  if (total <= 0) return times;
  for (let hour = random.gap(rate); hour < until; hour += random.gap(rate)) {
    if (random.chance(busyness(hour) / PEAK)) times.push(hour);
  }
  return times;
}

/** Poisson arrivals at a steady rate between two hours: a campaign that goes live. */
export function surge(random: Random, total: number, from: number, to: number): number[] {
  const times: number[] = [];
  if (total <= 0 || to <= from) return times;
  const rate = total / (to - from);
  for (let hour = from + random.gap(rate); hour < to; hour += random.gap(rate)) times.push(hour);
  return times;
}
