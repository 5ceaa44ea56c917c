/** The one style sheet: no font, no image, no script; dark or light as the reader's system says. */
export const style = `
:root {
  color-scheme: light dark;
  --text: #1a1d21;
  --quiet: #555c64;
  --paper: #ffffff;
  --panel: #f4f6f8;
  --line: #d5dade;
  --edge: #7b838b;
  --link: #0b57a4;
  --good: #0a6b2d;
  --bad: #a8161d;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6e8ea;
    --quiet: #a3aab2;
    --paper: #15181b;
    --panel: #1e2226;
    --line: #363c42;
    --edge: #868e96;
    --link: #7cb8f5;
    --good: #4fce7b;
    --bad: #ff8a8a;
  }
}
* { box-sizing: border-box; }
caption { padding: 0.35rem 0.7rem; text-align: left; color: var(--quiet); font-size: 0.92em; }
.skip { position: absolute; left: 0.5rem; top: -4rem; padding: 0.5rem 0.8rem; background: var(--paper); }
.skip:focus { top: 0.5rem; }
main:focus { outline: none; }
[aria-current='page'] { color: var(--text); font-weight: 600; text-decoration-thickness: 2px; }
h1, h3, p, li { overflow-wrap: anywhere; }
body {
  margin: 0 auto;
  padding: 0 1rem 3rem;
  max-width: 76rem;
  background: var(--paper);
  color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif;
}
header { display: flex; flex-wrap: wrap; gap: 0 1.25rem; align-items: baseline; padding: 1rem 0; }
header p { margin: 0; font-weight: 600; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; margin: 0; padding: 0; list-style: none; }
a { color: var(--link); }
select:focus-visible, pre:focus-visible, a:focus-visible, summary:focus-visible, .table:focus-visible, button:focus-visible, input:focus-visible {
  outline: 3px solid var(--link);
  outline-offset: 2px;
}
h1 { font-size: 1.4rem; margin: 0; }
h3 { font-size: 1rem; margin: 1rem 0 0.3rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
.verdict { border-left: 0.4rem solid var(--good); background: var(--panel); padding: 0.75rem 1rem; }
.verdict.red { border-color: var(--bad); }
.verdict ul { margin: 0.5rem 0 0; padding-left: 1.2rem; }
.quiet { color: var(--quiet); }
.good { color: var(--good); }
.bad { color: var(--bad); }
.table { overflow-x: auto; border: 1px solid var(--line); border-radius: 0.3rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
th, td { padding: 0.35rem 0.7rem; text-align: left; vertical-align: top; white-space: nowrap; }
thead th { background: var(--panel); font-weight: 600; }
tbody tr { border-top: 1px solid var(--line); }
th[scope='row'] { font-weight: 500; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
td.long { white-space: normal; min-width: 9rem; overflow-wrap: break-word; }
svg { display: block; font: 0.72rem system-ui, sans-serif; }
svg path { fill: none; stroke: var(--quiet); stroke-width: 1.2; }
svg .back { stroke-dasharray: 4 3; }
svg rect { fill: var(--panel); stroke: var(--line); stroke-width: 1.2; }
svg .unit rect { stroke: var(--link); }
svg .amiss rect { stroke: var(--bad); stroke-width: 3; }
svg text { fill: var(--text); text-anchor: middle; }
svg .said { fill: var(--quiet); }
code, pre { font: 0.92em/1.45 ui-monospace, monospace; }
pre { overflow-x: auto; background: var(--panel); padding: 0.75rem; border-radius: 0.3rem; }
dl { display: grid; grid-template-columns: fit-content(14rem) minmax(0, 1fr); gap: 0.2rem 1rem; }
dt { overflow-wrap: anywhere; }
@media (max-width: 34rem) { dl { grid-template-columns: minmax(0, 1fr); } dd { padding-left: 1rem; } }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
form { display: flex; flex-wrap: wrap; gap: 0.7rem; align-items: end; }
main form { margin: 1rem 0; }
form.tall { display: grid; justify-items: start; max-width: 26rem; }
form.leaving { margin-left: auto; align-items: baseline; gap: 0.6rem; }
label { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.2rem; width: min(24rem, 100%); }
label.check { display: flex; align-items: baseline; gap: 0.5rem; width: auto; }
input, button, select {
  font: inherit;
  max-width: 100%;
  padding: 0.35rem 0.6rem;
  border: 1px solid var(--edge);
  border-radius: 0.3rem;
  background: var(--paper);
  color: var(--text);
}
button { background: var(--panel); cursor: pointer; min-height: 2.4rem; }
input, select { width: 100%; }
input[type='checkbox'] { flex: none; width: 1.1rem; height: 1.1rem; }
`
