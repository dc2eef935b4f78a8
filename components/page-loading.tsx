import { Skeleton, VisuallyHidden } from "@mantine/core";
import classes from "#components/page-loading.module.css";

/** What a page mostly is: rows, panels below a line of numbers, cards, or a form. */
export type PageShape = "table" | "panels" | "cards" | "form";

const BLOCKS: Record<PageShape, readonly number[]> = {
  table: [44, 52, 52, 52, 52, 52],
  panels: [92, 220, 260],
  cards: [190, 190, 190, 190],
  form: [64, 64, 64, 40],
};

/** Stands in a page's place, in its shape, while the page is read. Says so to those who don't see it; a quick page never shows it. */
export function PageLoading({ shape }: { shape: PageShape }) {
  return (
    <div className={classes.root} aria-busy>
      <VisuallyHidden role="status">Loading the page…</VisuallyHidden>
      <div aria-hidden>
        <Skeleton height={26} width={180} />
        <Skeleton height={14} width="min(100%, 480px)" mt={12} mb={24} />
        {shape === "table" && <Skeleton height={36} width="min(100%, 340px)" mb={12} />}
        <div className={classes.blocks} data-shape={shape}>
          {BLOCKS[shape].map((height, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the blocks are always the same.
            <Skeleton key={index} height={height} radius="md" />
          ))}
        </div>
      </div>
    </div>
  );
}
