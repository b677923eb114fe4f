import type { AuditorNotice } from '../../judge/notice';
import type { Report, Resolved } from '../../judge/report';
import { inOneLine } from '../commands/command';
import type { CommandPlace } from '../commands/place';
import { REMEDY_COMMANDS } from '../commands/remedies';
import { docsLinksOf } from '../headline/docs-links';
import { makeHarmless } from '../text/harmless';
import { html, type Markup, NOTHING } from '../text/markup';
import {
  auditorNoticesOf,
  explainAuditorNotice,
  isOfAuditor,
  remedyForAuditorNotice,
  stepsFor,
  titleAuditorNotice,
} from '../words/auditor-notice';
import { nameCode } from '../words/finding';
import { explainIncomplete, remedyFor, titleIncomplete } from '../words/incomplete';
import { daysOpen, describeResolution } from '../words/lifecycle';
import { describeNotice } from '../words/notice';
import { count } from '../words/run';
import { dayOnly } from './numbers';
import { countShown, nameRest, ROWS } from './rest';

/** What a run could not read. The page shows it before what the run read. */
export function writeUnseen(report: Report): Markup {
  const { complete, incomplete } = report;
  if (complete) return NOTHING;
  const scopes = incomplete?.missingScopes.join(', ') ?? '';
  return html`<section class="warning" aria-labelledby="unseen">
<h2 id="unseen">${titleIncomplete(report)}</h2>
<p>${explainIncomplete(report)}</p>
${incomplete === null ? NOTHING : html`<dl><div><dt>Reason</dt><dd>${makeHarmless(incomplete.message, 1000)}</dd></div>${scopes === '' ? NOTHING : html`<div><dt>Missing</dt><dd>${scopes}</dd></div>`}<div><dt>To do</dt><dd>${remedyFor(incomplete.reason)}</dd></div></dl>`}
</section>`;
}

/** Without a record no undo is possible, so the page shows these failures near the top. */
export function writeFailures({ historyFailure, untold }: Report): Markup {
  const failures = [
    ...(historyFailure === null
      ? []
      : [html`<div><dt>History</dt><dd>${makeHarmless(historyFailure, 1000)}</dd></div>`]),
    ...untold.map((why) => html`<div><dt>Not sent</dt><dd>${makeHarmless(why, 1000)}</dd></div>`),
  ];
  if (failures.length === 0) return NOTHING;
  return html`<section class="warning" aria-labelledby="failures">
<h2 id="failures">History or messages failed</h2>
<dl>${failures}</dl>
</section>`;
}

/** The findings of earlier runs that this run resolves. */
export function writeResolved(report: Report): Markup {
  const { resolved } = report;
  if (resolved.length === 0) return NOTHING;
  const shown = resolved.slice(0, ROWS);
  return html`<section aria-labelledby="resolved">
<h2 id="resolved">Resolved</h2>
<table class="list"><caption>${countShown(shown.length, resolved.length, 'finding')} of earlier runs, resolved in this run</caption>
<thead><tr><th scope="col">Connection</th><th scope="col">Strategy</th><th scope="col">Finding</th><th scope="col">First seen</th><th scope="col">Reason</th></tr></thead>
<tbody>${shown.map((each) => writeSettled(each, report))}</tbody></table>
${nameRest(shown.length, resolved.length, report)}</section>`;
}

function writeSettled({ connection, code, firstSeen, how }: Resolved, report: Report): Markup {
  const days = daysOpen(firstSeen, report);
  return html`<tr><th scope="row"><bdi>${makeHarmless(connection.name)}</bdi><small class="id">${makeHarmless(connection.id, 40)}</small></th><td>${makeHarmless(connection.strategy, 24)}</td><td>${nameCode(code)}</td><td>${dayOnly(firstSeen)}${days === undefined ? '' : html`<small>${count(days, 'day')}</small>`}</td><td>${describeResolution(how)}</td></tr>
`;
}

/** Links to the documentation of the run's results. The schema of the settings has checked the address. */
export function writeDocs(report: Report, docsUrl: string | undefined): Markup {
  const links = docsLinksOf(report, docsUrl);
  if (links.length === 0) return NOTHING;
  return html`
<p class="muted">Documentation: ${links.map(
    ({ label, address }, index) => html`${index === 0 ? '' : ', '}<a href="${address}">${label}</a>`,
  )}.</p>`;
}

/** The notices about the auditor, with the commands to paste. They come first: they affect how to read the rest. */
export function writeAuditorNotices(report: Report, commands: CommandPlace): Markup {
  const notices = auditorNoticesOf(report);
  if (notices.length === 0) return NOTHING;
  return html`<section aria-labelledby="auditor">
<h2 id="auditor">State of the auditor</h2>
<ul class="notices">${notices.map(
    (notice) =>
      html`<li><b>${titleAuditorNotice(notice)}.</b> ${explainAuditorNotice(notice)} ${remedyForAuditorNotice(notice)}${writeCommand(notice, commands)}</li>`,
  )}</ul>
</section>`;
}

function writeCommand(notice: AuditorNotice, commands: CommandPlace): Markup {
  const [step] = stepsFor([notice]);
  const command = step === undefined ? undefined : REMEDY_COMMANDS[step.command](commands);
  return command === undefined ? NOTHING : html` <code>${inOneLine(command)}</code>`;
}

/** The notices about the policy and the run, not about one connection. */
export function writeNotices(report: Report): Markup {
  const notices = report.notices.filter((notice) => !isOfAuditor(notice));
  if (notices.length === 0) return NOTHING;
  return html`<section aria-labelledby="notices">
<h2 id="notices">Notes</h2>
<ul class="notices">${notices.map((notice) => html`<li>${describeNotice(notice, report.mode)}</li>`)}</ul>
</section>`;
}
