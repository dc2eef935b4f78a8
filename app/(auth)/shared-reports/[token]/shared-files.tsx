import { Alert, Button } from "@mantine/core";
import classes from "#app/(auth)/auth.module.css";
import { AuthTitle } from "#app/(auth)/parts.tsx";
import { REPORT_FILES } from "#lib/reports/package.ts";
import type { Shared } from "#lib/reports/shared.ts";

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });

type Props = { letter: Shared & { kind: "letter" }; token: string };

/** The files of a report for whom a letter was sent to. */
export function SharedFiles({ letter, token }: Props) {
  const { workspace, email, month, verified, expiresAt, departure } = letter;
  const path = `/shared-reports/${token}`;
  const [pdf = "report.pdf", ...tables] = REPORT_FILES;
  return (
    <>
      <AuthTitle title={`Launch report, ${MONTH.format(new Date(month))}`}>
        {workspace}, for <strong>{email}</strong>. Each download is written to the audit trail.
      </AuthTitle>
      <div className={classes.form}>
        {!verified && (
          <Alert color="red" role="status">
            The audit trail did not hold when this report was made. The report says where.
          </Alert>
        )}
        <Button component="a" href={`${path}/${pdf}`} download fullWidth>
          Download the PDF
        </Button>
        <p className={classes.other}>
          As tables:{" "}
          {tables.map((name, index) => (
            <span key={name}>
              {index > 0 && ", "}
              <a href={`${path}/${name}`} download>
                {name}
              </a>
            </span>
          ))}
        </p>
        <p className={classes.other}>
          The link works until {DAY.format(new Date(expiresAt))}. You can{" "}
          <a href={`/shared-reports/${departure}`}>stop these mails</a>.
        </p>
      </div>
    </>
  );
}
