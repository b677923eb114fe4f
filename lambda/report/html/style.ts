/**
 * The style of the page: light and dark colour schemes, narrow and wide screens, and print. Colours of text have a contrast
 * of 4.5 to 1 or more. No information depends on colour alone.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #ffffff; --ink: #1a2330; --muted: #55606e; --line: #dde2e9; --soft: #eef1f5;
  --link: #1d4fc4; --focus: #1d4fc4;
  --calm: #1f7a3d; --open: #9a5b00; --alarming: #b3261e;
  --critical: #9c1458; --high: #b3261e; --medium: #8a5300; --low: #1d5fa8; --informational: #55606e;
  --compliant: #a9d5b5; --fixed: #2f9e5b; --drifted: #e0672b; --unverified: #a3195b; --indeterminate: #7d68d1;
  --exempt: #a5afbb; --apart: #e1e6ec;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #10151c; --card: #19212b; --ink: #e7ecf2; --muted: #a3afbd; --line: #2e3945; --soft: #222c38;
    --link: #8ab4ff; --focus: #8ab4ff;
    --calm: #6fce8f; --open: #f0b45c; --alarming: #ff9288;
    --critical: #ff8fc4; --high: #ff9288; --medium: #f0b45c; --low: #86bdf5; --informational: #a3afbd;
    --compliant: #2c5a3c; --fixed: #4cc07c; --drifted: #ef8147; --unverified: #ee6aab; --indeterminate: #9d8bea;
    --exempt: #75818f; --apart: #303b48;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--ink); overflow-wrap: break-word;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
}
header, main, footer { max-width: 1240px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 32px; }
header p { margin: 0 0 8px; color: var(--muted); }
header h1 { margin: 0; padding-left: 16px; border-left: 6px solid; font-size: 28px; line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; }
header.calm h1 { border-color: var(--calm); }
header.open h1 { border-color: var(--open); }
header.alarming h1 { border-color: var(--alarming); }
main:focus { outline: none; }
section { margin: 24px 0 0; padding: 20px 24px 22px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
h2 { margin: 0 0 14px; font-size: 18px; line-height: 1.3; font-weight: 650; }
h3 { margin: 0; font-size: 15px; line-height: 1.4; font-weight: 650; }
p { margin: 12px 0 0; }
small { display: block; font-size: 13px; color: var(--muted); }
code { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
a { color: var(--link); }
.muted { color: var(--muted); }
.id { font: 12px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.skip { position: absolute; left: -999px; padding: 8px 12px; background: var(--card); }
.skip:focus { left: 8px; top: 8px; z-index: 3; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
.warning { border-left: 6px solid var(--alarming); }
.warning dl, .card dl { margin: 12px 0 0; }
.warning dl div, .card dl div { display: grid; grid-template-columns: 68px 1fr; gap: 12px; margin-top: 6px; }
.warning dt, .card dt { color: var(--muted); }
dd { margin: 0; min-width: 0; }

.bar { display: block; border-radius: 4px; }
section > .bar { height: 16px; background: var(--soft); }
rect.compliant { fill: var(--compliant); } rect.fixed { fill: var(--fixed); } rect.drifted { fill: var(--drifted); }
rect.unverified { fill: var(--unverified); } rect.indeterminate { fill: var(--indeterminate); }
rect.exempt { fill: var(--exempt); } rect.apart { fill: var(--apart); } rect.cut { fill: var(--soft); }
i { display: inline-block; width: 10px; height: 10px; margin-right: 7px; border-radius: 3px; }
i.compliant { background: var(--compliant); } i.fixed { background: var(--fixed); } i.drifted { background: var(--drifted); }
i.unverified { background: var(--unverified); } i.indeterminate { background: var(--indeterminate); }
i.exempt { background: var(--exempt); } i.apart { background: var(--apart); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 8px 16px; margin: 16px 0 0; }
.tiles dt { color: var(--muted); }
.tiles dd { font-size: 30px; line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; }
.chips { display: flex; flex-wrap: wrap; gap: 6px 14px; align-items: baseline; margin-top: 12px; }
.chips h3 { min-width: 170px; font-weight: 400; color: var(--muted); }
.chips ul { display: flex; flex-wrap: wrap; gap: 6px; margin: 0; padding: 0; list-style: none; }
.chips li { padding: 2px 10px; background: var(--soft); border-radius: 12px; }
.chips .none { color: var(--muted); }
.chips b { font-variant-numeric: tabular-nums; }

.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 0 24px; align-items: stretch; }
figure { margin: 0; }
figcaption { color: var(--muted); }
.trend { display: flex; flex-direction: column; }
.trend figure { flex: 1; display: flex; flex-direction: column; }
.plot { position: relative; flex: 1 0 180px; margin-top: 20px; }
.plot svg { position: absolute; left: 60px; width: calc(100% - 60px); height: 100%; overflow: visible; }
.scale { position: absolute; top: -10px; bottom: -10px; width: 52px; display: flex; flex-direction: column; white-space: nowrap; justify-content: space-between; text-align: right; font-size: 13px; color: var(--muted); font-variant-numeric: tabular-nums; }
.grid { fill: none; stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
.ends { display: flex; justify-content: space-between; padding: 10px 0 0 60px; font-size: 13px; color: var(--muted); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 14px 0 0; padding: 0; list-style: none; font-size: 13px; color: var(--muted); }
details { margin-top: 12px; }
summary { cursor: pointer; color: var(--link); width: max-content; }

table { width: 100%; border-collapse: collapse; }
caption { padding: 0 0 8px; text-align: left; color: var(--muted); }
th, td { padding: 8px 14px 8px 0; text-align: left; vertical-align: top; font-weight: 400; overflow-wrap: anywhere; }
thead th { color: var(--muted); font-size: 13px; white-space: nowrap; overflow-wrap: normal; }
tbody tr { border-top: 1px solid var(--line); }
.numbers td, .numbers th[scope="col"]:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums; }
.numbers { margin-top: 10px; font-size: 13px; }
.numbers th, .numbers td { padding: 4px 0 4px 8px; }
.numbers th:first-child { padding-left: 0; }
.bars th[scope="row"] { width: 26%; }
.bars td:nth-child(2) { width: 32%; }
.bars b { font-variant-numeric: tabular-nums; }
.bars small { display: inline; margin-left: 8px; }
.bars tbody tr { border: 0; }
.bars th, .bars td { padding-top: 3px; padding-bottom: 3px; }
.bars td:nth-child(2) { padding-top: 8px; }

.change { margin-top: 20px; }
.change p { margin-top: 6px; }
.change table { margin-top: 10px; }

.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 16px; }
.card { padding: 14px 16px 16px; border: 1px solid var(--line); border-left: 4px solid var(--muted); border-radius: 8px; scroll-margin-top: 12px; }
.card.critical { border-left-color: var(--critical); } .card.high { border-left-color: var(--high); }
.card.medium { border-left-color: var(--medium); } .card.low { border-left-color: var(--low); }
.card:target { outline: 3px solid var(--focus); outline-offset: 2px; }
.card h3 { display: flex; gap: 8px; align-items: baseline; }
.card .of { margin-top: 4px; color: var(--muted); }
.card .of b { margin: 0 6px; padding: 1px 8px; border-radius: 10px; background: var(--soft); color: var(--ink); font-weight: 400; white-space: nowrap; }
.card dd p { margin: 0; }
.card dd p + p { margin-top: 6px; }
.card button { margin-top: 12px; }
.number { display: inline-block; min-width: 24px; padding: 0 6px; text-align: center; background: var(--soft); border-radius: 12px; font-variant-numeric: tabular-nums; }

.severity { font-weight: 650; }
.severity::before { content: ""; display: inline-block; width: 9px; height: 9px; margin-right: 7px; border-radius: 50%; background: currentColor; }
.severity.critical { color: var(--critical); } .severity.high { color: var(--high); } .severity.medium { color: var(--medium); }
.severity.low { color: var(--low); } .severity.informational { color: var(--informational); }
.life { padding: 1px 8px; white-space: nowrap; border-radius: 10px; background: var(--soft); }
.life.new, .life.reopened { color: var(--card); background: var(--ink); }
#findings { font-size: 14px; table-layout: fixed; }
.waiting #findings { display: none; }
#filters:not([hidden]) + table caption { position: absolute; width: 1px; height: 1px; padding: 0; overflow: hidden; clip-path: inset(50%); }
#findings details { margin-top: 2px; }
#findings summary { font-size: 13px; }
.severity { white-space: nowrap; }
#findings thead th { position: sticky; top: 0; z-index: 1; background: var(--card); box-shadow: inset 0 -1px var(--line); }
@media not screen, (min-width: 901px) {
  #findings thead th:nth-child(1) { width: 9%; } #findings thead th:nth-child(2) { width: 16%; } #findings thead th:nth-child(3) { width: 10%; }
  #findings thead th:nth-child(4) { width: 11%; } #findings thead th:nth-child(5) { width: 11%; } #findings thead th:nth-child(6) { width: 17%; }
  #findings thead th:nth-child(7) { width: 9%; } #findings thead th:nth-child(8) { width: 17%; }
}
#findings tbody th > bdi { font-weight: 600; }
#findings td:last-child { padding-right: 0; }
#findings td:last-child a { display: block; width: max-content; }
#findings thead button { padding: 2px 0; border: 0; background: none; color: inherit; }
#findings thead button::after { content: "\\2195"; margin-left: 5px; opacity: 0.55; }
#findings [aria-sort="ascending"] button::after { content: "\\2191"; opacity: 1; }
#findings [aria-sort="descending"] button::after { content: "\\2193"; opacity: 1; }
#findings [aria-sort] { color: var(--ink); }

button, input, select { font: inherit; color: inherit; }
button, input, select { min-height: 34px; padding: 4px 10px; border: 1px solid var(--muted); border-radius: 6px; background: var(--card); }
button { cursor: pointer; }
button:disabled { opacity: 0.5; cursor: default; }
#filters:not([hidden]) { display: flex; flex-wrap: wrap; gap: 10px 12px; align-items: end; margin-bottom: 16px; }
#filters label { display: flex; flex-direction: column; flex: 1 1 120px; gap: 2px; font-size: 13px; color: var(--muted); }
#filters .wide { flex: 3 1 220px; }
#filters input, #filters select { width: 100%; color: var(--ink); font-size: 14px; }
#filters output { flex-basis: 100%; font-variant-numeric: tabular-nums; }
input::placeholder { color: var(--muted); opacity: 1; }
#pages:not([hidden]) { display: flex; gap: 14px; align-items: center; justify-content: center; margin-top: 16px; font-variant-numeric: tabular-nums; }

.notices { margin: 0; padding-left: 20px; }
.notices li + li { margin-top: 8px; }
.facts { margin: 0; }
.facts div { display: grid; grid-template-columns: 130px 1fr; gap: 12px; padding: 4px 0; }
.facts dt { color: var(--muted); }
.facts dd { overflow-wrap: anywhere; }
footer { padding-top: 16px; padding-bottom: 40px; font-size: 13px; color: var(--muted); }

@media screen and (max-width: 900px) {
  #findings, #findings tbody, #findings caption { display: block; }
  #findings thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  #findings thead th { position: static; width: auto; padding: 0; box-shadow: none; }
  #filters:not([hidden]) + #findings thead { position: static; display: block; width: auto; height: auto; clip-path: none; }
  #findings thead tr { display: flex; flex-wrap: wrap; gap: 0 14px; align-items: center; padding-bottom: 10px; }
  #findings thead tr::before { content: "Sort by"; color: var(--muted); font-size: 13px; }
  #findings tbody tr { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8px 16px; padding: 14px 0; }
  #findings tbody td, #findings tbody th { display: block; width: auto; padding: 0; }
  #findings tbody th, #findings td:last-child { grid-column: 1 / -1; }
  #findings tbody th { order: -1; }
  #findings tbody td::before { display: block; font-size: 12px; color: var(--muted); }
  #findings td:nth-child(3)::before { content: "Strategy"; } #findings td:nth-child(4)::before { content: "Is"; }
  #findings td:nth-child(5)::before { content: "Should be"; } #findings td:nth-child(6)::before { content: "Changed by"; }
  #findings td:nth-child(7)::before { content: "Since"; } #findings td:nth-child(8)::before { content: "Outcome"; }
  #findings td:nth-child(1)::before { content: "Severity"; }
}
@media screen and (max-width: 600px) {
  header, main, footer { padding-left: 14px; padding-right: 14px; }
  header { padding-top: 20px; }
  header h1 { font-size: 22px; }
  section { padding: 16px; }
  .tiles, #findings tbody tr { grid-template-columns: 1fr 1fr; }
  .warning dl div, .card dl div, .facts div { grid-template-columns: 1fr; gap: 0; }
  .chips h3 { min-width: 100%; }
  .list thead { display: none; }
  .list tr { display: grid; grid-template-columns: 1fr 1fr; padding: 8px 0; }
  .list th, .list td { padding: 2px 8px 2px 0; }
}
@page { size: landscape; margin: 12mm; }
@media print {
  body { background: none; font-size: 9.5pt; }
  header { padding-top: 0; }
  header h1 { font-size: 17pt; }
  header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  section { margin-top: 16px; padding: 0; border: 0; border-radius: 0; }
  h2 { margin-bottom: 8px; }
  .tiles dd { font-size: 17pt; }
  .plot { flex-basis: 120px; }
  .bars th, .bars td { padding-top: 0; padding-bottom: 0; }
  .bars td:nth-child(2) { padding-top: 3px; }
  .warning { padding-left: 12px; border-left: 6px solid var(--alarming); }
  svg, i, .chips li, .life, .number, .severity::before, .of b { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  #filters:not([hidden]), #pages:not([hidden]), .card button, .skip, .trend details:not([open]) { display: none; }
  #findings { font-size: 8pt; }
  #findings small { font-size: 7.5pt; }
  #findings .id, #findings code { font-size: 7.5pt; }
  #findings thead th { position: static; }
  #findings summary { display: none; }
  #findings details::details-content { content-visibility: visible; }
  tr, .card, figure, .facts, .pair section { break-inside: avoid; }
  h2 { break-after: avoid; }
}
@media (forced-colors: active) {
  i, .severity::before { forced-color-adjust: none; }
}
`;

/** The hash of `STYLE`. If the style changes, the test of the security policy shows the new hash. */
export const STYLE_HASH = 'sha256-MPyTplKovSSESwVhC6oWEF0MoKIC4CHYkSXWNhRUwVs=';
