/** Random numbers from 0 up to 1 that follow from a text: xmur3 spreads it to a state, mulberry32 draws. */
function drawsOf(seed: string): () => number {
  let state = 1_779_033_703 ^ seed.length;
  for (const letter of seed) {
    state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 3_432_918_353);
    state = (state << 13) | (state >>> 19);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** 97.5 % points of Student's t for 1 to 30 degrees of freedom; from then on the normal one serves. */
const T_975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** The share of a normal distribution below −x (Abramowitz and Stegun 26.2.17; off by less than 0.0000001). */
function normalTail(x: number): number {
  const t = 1 / (1 + 0.231_641_9 * x);
  const series =
    t *
    (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  return (series * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/**
 * The tail to cut off at each side for 95 % with `blocks` blocks. A plain percentile interval is too narrow with few of them, so it is
 * widened as Student's t is wider than the normal distribution ("expanded percentile interval").
 */
export function tailFor(blocks: number): number {
  const t = T_975[blocks - 2] ?? 1.96;
  return normalTail(t * Math.sqrt(blocks / (blocks - 1)));
}

function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? 0;
  return low + (place - below) * ((sorted[below + 1] ?? low) - low);
}

export type Interval = { difference: number; low: number; high: number };

/**
 * A statistic of blocks with its 95 % percentile interval over resampled blocks (with replacement). The same seed gives the same numbers.
 * Null where the statistic of all blocks, or of more than 1 in 20 resamples, isn't known.
 */
export function bootstrap<T>(
  blocks: readonly T[],
  statistic: (blocks: readonly T[]) => number | null,
  { seed, resamples = 4000 }: { seed: string; resamples?: number },
): Interval | null {
  const difference = statistic(blocks);
  if (difference === null || blocks.length < 2) return null;
  const draw = drawsOf(seed);
  const found: number[] = [];
  for (let round = 0; round < resamples; round += 1) {
    const drawn = blocks.map(() => blocks[Math.floor(draw() * blocks.length)] as T);
    const value = statistic(drawn);
    if (value !== null) found.push(value);
  }
  if (found.length < resamples * 0.95) return null;
  found.sort((a, b) => a - b);
  const tail = tailFor(blocks.length);
  return { difference, low: quantile(found, tail), high: quantile(found, 1 - tail) };
}
