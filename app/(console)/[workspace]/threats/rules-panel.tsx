import { Badge } from "@mantine/core";
import panel from "#app/(console)/[workspace]/panel.module.css";
import { RuleDialog, type TriedRule } from "#app/(console)/[workspace]/threats/rule-dialog.tsx";
import classes from "#app/(console)/[workspace]/threats/threats.module.css";
import {
  answerWords,
  numbersWords,
  precisionWords,
  ruleWords,
} from "#app/(console)/[workspace]/threats/words.ts";
import type { ThreatRule } from "#lib/threats/schema.ts";

const COLORS = { live: "green", shadow: "blue", off: "gray" } as const;

type Props = {
  slug: string;
  rules: readonly ThreatRule[];
  /** What a dry run tried of one of them. */
  tried: TriedRule | null;
  mayManage: boolean;
};

/** What the shield looks for, what it does then, and how often people found it right. */
export function RulesPanel({ slug, rules, tried, mayManage }: Props) {
  return (
    <section className={panel.panel} aria-labelledby="rules">
      <div className={panel.head}>
        <h2 id="rules" className={panel.title}>
          Rules
        </h2>
      </div>
      <ul className={classes.list}>
        {rules.map((rule) => (
          <li key={rule.rule} className={classes.line}>
            <div>
              <div className={classes.name}>
                {ruleWords(rule.rule)}{" "}
                <Badge tt="none" variant="dot" color={COLORS[rule.mode]}>
                  {rule.mode}
                </Badge>
              </div>
              <div className={classes.muted}>
                {numbersWords(rule)}. {answerWords(rule)}.
              </div>
              <div className={classes.muted}>Precision: {precisionWords(rule)}.</div>
            </div>
            {mayManage && (
              <RuleDialog
                key={rule.version}
                slug={slug}
                rule={rule}
                tried={tried?.rule === rule.rule ? tried : null}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
