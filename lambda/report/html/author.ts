import type { Author } from '../../connection/author';
import type { Attribution, Finding, UnknownAuthor } from '../../judge/finding';
import type { Report } from '../../judge/report';
import { makeHarmless } from '../text/harmless';
import { html, type Markup, NOTHING } from '../text/markup';
import { unreachable } from '../text/unreachable';
import { describeMoment, explainUnknownAuthor, quoteAuthor } from '../words/author';
import { isFirstRun } from '../words/lifecycle';

/** Who moved a connection, by which way and when. Why nobody can say stands once below the table. */
export function writeAuthor(changedBy: Attribution | null): Markup {
  switch (changedBy?.kind) {
    case undefined:
      return html`<span class="muted">not looked up</span>`;
    case 'unknown':
      return html`<span class="muted">not known</span>`;
    case 'ours':
      return html`this auditor<small>run ${makeHarmless(changedBy.runId)}</small><small>${describeMoment(changedBy.at)}</small>`;
    case 'known':
      return html`<bdi>${nameOf(changedBy)}</bdi><small>${changedBy.channel === 'dashboard' ? 'Dashboard' : 'API'}</small><small>${describeMoment(changedBy.at)}</small>${writeTraces(changedBy)}`;
    default:
      return html`${changedBy === undefined ? '' : unreachable(changedBy)}`;
  }
}

function nameOf({ email, clientName, clientId, channel }: Author): string {
  const name = email ?? clientName ?? clientId;
  return name === null ? (channel === 'dashboard' ? 'a person' : 'an application') : quoteAuthor(name);
}

/** What tells two machines or two applications apart, for those who ask. */
function writeTraces({ clientName, clientId, email, address, userAgent }: Author): Markup {
  const isNamed = email !== null || clientName !== null;
  const traces = [address, isNamed ? clientId : null, userAgent].filter((trace) => trace !== null);
  if (traces.length === 0) return NOTHING;
  return html`<details><summary>More</summary>${traces.map((trace) => html`<small>${makeHarmless(trace, 120)}</small>`)}</details>`;
}

/** Why nobody can say who it was, for those reasons that some finding of the table has. */
export function explainAuthors(report: Report): Markup {
  const reasons = new Set(report.findings.flatMap(({ changedBy }) => whyUnknown(changedBy)));
  const isFirst = isFirstRun(report);
  return html`${[...reasons].map((why) => html`<p class="muted">Where nobody is named, the author is ${explainUnknownAuthor(why, isFirst)}</p>`)}`;
}

function whyUnknown(changedBy: Finding['changedBy']): UnknownAuthor[] {
  return changedBy?.kind === 'unknown' ? [changedBy.why] : [];
}
