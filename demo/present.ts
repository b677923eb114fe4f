import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Report } from '../lambda/judge/report';
import type { CommandPlace } from '../lambda/report/commands/place';
import { writeHtml } from '../lambda/report/html/page';
import { writeMail } from '../lambda/report/mail/mail';
import { fill } from '../lambda/report/text/columns';
import type { Played } from './nights';

/** The demo has no deployed environment, so its mail and its page contain no command that needs one. */
const NOWHERE: CommandPlace = { environment: undefined };

/** Writes the files of the report into a new folder that only this user can read. Returns the report with the paths of these files. */
export function keepReport(report: Report): Report {
  const folder = mkdtempSync(path.join(tmpdir(), 'auth0-connection-auditor-'));
  const places = { record: path.join(folder, 'report.json'), html: path.join(folder, 'report.html') };
  const kept: Report = { ...report, places };
  writeFileSync(places.record, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
  writeFileSync(places.html, writeHtml(kept, { commands: NOWHERE }), { mode: 0o600 });
  return kept;
}

/** The whole output of `npm start`, in lines of at most 80 columns. Only an address can be longer. */
export function describePlayed({ nights, requests, alerts, report }: Played): string {
  const { subject, body } = writeMail(report, { commands: NOWHERE });
  return [
    ...fill(
      `The deployed handler audited an emulated tenant of ${report.coverage.listed} connections in ${nights} nights: ${requests} requests and ${alerts} mails. No request or mail left this machine. The last mail:`,
      { columns: 80 },
    ),
    '',
    `Subject: ${subject}`,
    '',
    body,
    ...writeClosing(report),
    '',
  ].join('\n');
}

/** The next steps. Each command works as pasted, in this folder. */
function writeClosing({ places }: Report): string[] {
  return [
    `Report in a browser:    ${places === null ? 'not kept' : pathToFileURL(places.html).href}`,
    'Start a test tenant:    npm run sandbox -- --seed showcase --writable',
    'Audit your own tenant:  npm run audit -- init',
  ];
}
