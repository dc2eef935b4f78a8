/** The waiting page's style. */
export const STYLE = `
:root{--page:#f9fafc;--card:#fff;--line:#d9dee6;--text:#1a2330;--soft:#566273;--go:#1f5fbf;--on-go:#fff}
@media (prefers-color-scheme:dark){:root{--page:#0c1015;--card:#141a22;--line:#2b3542;--text:#e8edf4;--soft:#a3afbf;--go:#8ab8ff;--on-go:#0c1015}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px 16px;background:var(--page);color:var(--text);font:16px/1.55 system-ui,sans-serif}
main{width:100%;max-width:440px;padding:28px 24px;background:var(--card);border:1px solid var(--line);border-radius:12px;overflow-wrap:break-word}
.from{margin:0 0 4px;color:var(--soft);font-size:14px}
h1{margin:0 0 16px;font-size:24px;line-height:1.25;text-wrap:balance}
.say{margin:0 0 12px;color:var(--soft);text-wrap:pretty}
.say:first-of-type,h1+.say{color:var(--text);font-size:18px;font-variant-numeric:tabular-nums}
.go,button{display:block;width:100%;min-height:48px;padding:11px 20px;border-radius:8px;font:inherit;font-weight:600;text-align:center}
.go{margin-top:20px;background:var(--go);color:var(--on-go);text-decoration:none}
form{margin-top:20px}
.go+form{margin-top:12px}
button{border:1px solid var(--line);background:none;color:var(--text);font-weight:400;cursor:pointer}
.go:focus-visible,button:focus-visible{outline:2px solid var(--go);outline-offset:2px}
.from+h1{margin-top:0}
`;

/**
 * The waiting page's script: asks its status when told to, with jitter; twice as rarely after each failure, up to two minutes; and exchanges
 * the page's words in place when they change.
 */
export const SCRIPT = `
(() => {
  const { state, after } = document.currentScript.dataset;
  const address = location.pathname;
  let known = state, failures = 0;
  const wait = (seconds) => setTimeout(look, seconds * (900 + Math.random() * 400));
  const say = ({ title, sentences }) => {
    const heading = document.querySelector("h1");
    if (heading.textContent !== title) heading.textContent = title;
    document.querySelectorAll(".say").forEach((line, at) => {
      if (sentences[at] !== undefined && line.textContent !== sentences[at]) line.textContent = sentences[at];
    });
  };
  const exchange = async () => {
    const response = await fetch(address);
    if (!response.ok) throw new Error();
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    document.title = fresh.title;
    document.querySelector("main").replaceWith(fresh.querySelector("main"));
  };
  const look = async () => {
    try {
      const response = await fetch(address + "/status");
      if (response.status === 404) return;
      if (!response.ok) throw new Error();
      const status = await response.json();
      if (status.state !== known) await exchange();
      else say(status);
      known = status.state;
      failures = 0;
      if (known === "waiting" || known === "ready") wait(status.poll_after_seconds);
    } catch {
      failures += 1;
      wait(Math.min(Number(after) * 2 ** failures, 120));
    }
  };
  wait(Number(after));
})();
`;
