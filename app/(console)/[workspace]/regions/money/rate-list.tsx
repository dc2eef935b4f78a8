import panel from "#app/(console)/[workspace]/panel.module.css";
import classes from "#app/(console)/[workspace]/regions/regions.module.css";

const DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

type Props = { rates: readonly { day: string; base: string; quote: string; rate: number }[] };

/** The newest rates that were taken in. */
export function RateList({ rates }: Props) {
  return (
    <section className={panel.panel} aria-labelledby="rates">
      <div className={panel.head}>
        <h2 id="rates" className={panel.title}>
          Newest rates
        </h2>
      </div>
      {rates.length === 0 ? (
        <p className={panel.note}>
          None yet. A rate says how many units of one currency one unit of another is. One daily list against
          any currency is enough: it serves both ways and through the third.
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        <div className={panel.scroll} tabIndex={0} role="region" aria-label="Table of the newest rates">
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">Day</th>
                <th scope="col">Rate</th>
              </tr>
            </thead>
            <tbody>
              {rates.map(({ day, base, quote, rate }) => (
                <tr key={`${day} ${base} ${quote}`}>
                  <td>{DAY.format(Date.parse(day))}</td>
                  <td>
                    1 {base} = {rate} {quote}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
