"use client";

import { Tooltip, UnstyledButton } from "@mantine/core";
import { IconCheck, IconInfoCircle, IconMinus, IconX } from "@tabler/icons-react";
import classes from "#app/(console)/[workspace]/mission/success.module.css";
import {
  SUCCESS_WORDS,
  sourceText,
  targetText,
  valueText,
} from "#app/(console)/[workspace]/mission/success-words.ts";
import panel from "#app/(console)/[workspace]/panel.module.css";
import type { Success } from "#lib/overview/success.ts";

const OUTCOMES = {
  met: { word: "Met", icon: IconCheck },
  missed: { word: "Missed", icon: IconX },
  none: { word: "No data", icon: IconMinus },
} as const;

function outcomeOf({ met }: Success): keyof typeof OUTCOMES {
  if (met === null) return "none";
  return met ? "met" : "missed";
}

function Score({ success }: { success: Success }) {
  const { title, how } = SUCCESS_WORDS[success.metric];
  const outcome = outcomeOf(success);
  const { word, icon: Icon } = OUTCOMES[outcome];
  return (
    <li className={classes.score} data-outcome={outcome}>
      <div className={classes.top}>
        <h3 className={classes.name}>{title}</h3>
        <Tooltip label={how} multiline w={280} events={{ hover: true, focus: true, touch: true }}>
          <UnstyledButton className={classes.info} aria-label={`How it is counted: ${how}`}>
            <IconInfoCircle size={16} stroke={1.7} aria-hidden />
          </UnstyledButton>
        </Tooltip>
      </div>
      <div className={classes.value}>{valueText(success)}</div>
      <div className={classes.outcome}>
        <Icon size={14} stroke={2.4} aria-hidden />
        <strong>{word}</strong>
        <span className={classes.target}>target {targetText(success)}</span>
      </div>
      <p className={classes.source}>{sourceText(success)}</p>
    </li>
  );
}

/** The launch's success metrics against their targets: met, missed, or no data, each with where its number comes from. */
export function SuccessPanel({ success }: { success: readonly Success[] }) {
  const met = success.filter((one) => one.met === true).length;
  const known = success.filter((one) => one.met !== null).length;
  return (
    <section className={panel.panel} aria-labelledby="success">
      <div className={panel.head}>
        <h2 id="success" className={panel.title}>
          Launch success
        </h2>
        <span className={classes.sum}>
          {known === 0 ? "Nothing is measured yet" : `${met} of ${known} measured targets met`}
        </span>
      </div>
      <ul className={classes.scores}>
        {success.map((one) => (
          <Score key={one.metric} success={one} />
        ))}
      </ul>
    </section>
  );
}
