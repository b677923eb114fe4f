import { createHash } from 'node:crypto';
import type { Report } from '../lambda/judge/report';
import { toWord } from '../lambda/report/commands/command';
import type { CommandPlace } from '../lambda/report/commands/place';
import { writeHtml } from '../lambda/report/html/page';
import { writeMail } from '../lambda/report/mail/mail';
import type { Mail } from '../lambda/report/mail/subject';
import type { Played } from './nights';

/** The nights of the picture in the README. They are always the same, so that the page is the same to the byte. */
export const PICTURED = {
  lastNight: Date.UTC(2026, 8, 16, 4, 30),
  canonicalDomain: 'demo-tenant.eu.auth0.com',
} as const;

const COMMANDS: CommandPlace = { environment: toWord('demo') };

export function writePicturedPage({ report }: Played): string {
  return writeHtml(withoutPort(report), { commands: COMMANDS });
}

/** The mail of the same night. The README shows some lines of it. */
export function writePicturedMail({ report }: Played): Mail {
  return writeMail(withoutPort(report), { commands: COMMANDS });
}

/** Replaces the address of the emulated tenant with its canonical domain, because the port changes from run to run. */
function withoutPort(report: Report): Report {
  return { ...report, tenant: report.canonicalHost };
}

export function fingerprintOf(page: string): string {
  return createHash('sha256').update(page).digest('hex');
}
