import type { Report } from '../../judge/report';
import { headlineWithin } from '../headline/headline';

/** A message for people: the alerts topic delivers it as a mail. */
export interface Mail {
  /** At most 100 characters of printable ASCII. */
  readonly subject: string;
  /** Plain text in lines of at most 72 columns; a command's argument and an address are the two things never broken. */
  readonly body: string;
}

/** SNS, API reference of Publish: ASCII without control characters, begun by no space, "less than 100 characters long". */
const SUBJECT_CHARACTERS = 99;
const ENVIRONMENT_CHARACTERS = 24;

/** So many characters of the environment's name stay; only then does the verdict get shorter. */
const LEAST_CHARACTERS = 12;

/** `[prod] 1 FAILED VERIFICATION, 2 fixed, 4 of 60 still drifted (1 HIGH)`. An all-clear only where nothing remains. */
export function writeSubject(report: Report): string {
  const name = Math.min(report.environment.length, LEAST_CHARACTERS);
  return subjectFor(report.environment, headlineWithin(report, SUBJECT_CHARACTERS - name - '[] '.length));
}

/** The environment's name gives way, so that the counts survive. */
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
