import type { Report } from '../../judge/report';
import { headlineWithin } from '../headline/headline';

/** A message for recipients: the alerts topic delivers it as a mail. */
export interface Mail {
  /** At most 100 characters of printable ASCII. */
  readonly subject: string;
  /**
   * Plain text in lines of at most 72 columns. Only arguments of commands and addresses can be longer: they are never
   * broken.
   */
  readonly body: string;
}

/**
 * SNS, API reference of Publish: ASCII without control characters or leading space, "less than 100 characters long".
 */
const SUBJECT_CHARACTERS = 99;
const ENVIRONMENT_CHARACTERS = 24;

/** The environment's name is shortened to this length before the verdict is shortened. */
const LEAST_CHARACTERS = 12;

/** `[prod] 1 FAILED VERIFICATION, 2 fixed, 4 of 60 still drifted (1 HIGH)`. All-clear only if nothing remains. */
export function writeSubject(report: Report): string {
  const name = Math.min(report.environment.length, LEAST_CHARACTERS);
  return subjectFor(report.environment, headlineWithin(report, SUBJECT_CHARACTERS - name - '[] '.length));
}

/** Shortens the environment's name first, so that the counts stay whole. */
export function subjectFor(environment: string, rest: string): string {
  const text = toAscii(rest);
  const room = Math.max(1, Math.min(ENVIRONMENT_CHARACTERS, SUBJECT_CHARACTERS - text.length - '[] '.length));
  const name = toAscii(environment).replace(/[[\]]/g, '?').trim() || '?';
  const short = name.length > room ? `${name.slice(0, Math.max(0, room - 3))}...`.slice(0, room) : name;
  return `[${short}] ${text}`.slice(0, SUBJECT_CHARACTERS);
}

function toAscii(text: string): string {
  return text.slice(0, SUBJECT_CHARACTERS * 2).replace(/[^ -~]/gu, '?');
}
