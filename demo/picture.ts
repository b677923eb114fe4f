import { createHash } from 'node:crypto';
import type { Report } from '../lambda/judge/report';
import { toWord } from '../lambda/report/commands/command';
import type { CommandPlace } from '../lambda/report/commands/place';
import { writeHtml } from '../lambda/report/html/page';
import { writeMail } from '../lambda/report/mail/mail';
import type { Mail } from '../lambda/report/mail/subject';
import type { Played } from './nights';

/** What the picture in the README is of: always the same nights, so that the page is the same to the byte. */
export const PICTURED = {
  lastNight: Date.UTC(2026, 8, 16, 4, 30),
  canonicalDomain: 'demo-tenant.eu.auth0.com',
} as const;

const COMMANDS: CommandPlace = { environment: toWord('demo') };

export function writePicturedPage({ report }: Played): string {
  return writeHtml(withoutPort(report), { commands: COMMANDS });
}

/** The mail of the same night, of which the README shows some lines. */
export function writePicturedMail({ report }: Played): Mail {
  return writeMail(withoutPort(report), { commands: COMMANDS });
}

/** What changes from run to run, the port of the emulated tenant, gives way to the tenant's own domain. */
function withoutPort(report: Report): Report {
  return { ...report, tenant: report.canonicalHost };
}

export function fingerprintOf(page: string): string {
  return createHash('sha256').update(page).digest('hex');
}
