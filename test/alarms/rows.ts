import { DAY, HOUR, MINUTE } from '../../lib/environment/cron';
import { FAILURES, type Failure, type FailureName } from './failures';
import { type Heard, type Hearing, hear } from './hear';
import { LAYOUTS, type Layout, LISTENERS, type Listener } from './layouts';

type Heardings = Readonly<Record<Layout, Hearing>>;

/** A failure with its messages. */
export interface Played extends Heardings {
  readonly name: FailureName;
  readonly failure: Failure;
}

export function isFailureName(name: string): name is FailureName {
  return Object.hasOwn(FAILURES, name);
}

export function playAll(): readonly Played[] {
  return Object.keys(FAILURES)
    .filter(isFailureName)
    .map((name) => {
      const failure = FAILURES[name];
      return { name, failure, 'one topic': hear(failure, 'one topic'), 'two topics': hear(failure, 'two topics') };
    });
}

/** The first message to a person about a failure before the fix. */
export function firstHeard({ during }: Hearing): Heard | undefined {
  return during.find(({ kind, by }) => kind !== 'OK' && by.some(isPerson));
}

function isPerson(listener: Listener): boolean {
  return listener !== 'findings consumers';
}

/** One message of a failure, in both layouts. */
export interface Row {
  readonly message: string;
  readonly kind: Heard['kind'];
  /** Milliseconds since the failure began. */
  readonly first: number;
  readonly times: number;
  readonly by: Readonly<Record<Layout, readonly Listener[]>>;
}

/** Each message one time, with its first occurrence. An `OK` during the failure is omitted. */
export function rowsOf(played: Played, when: keyof Hearing): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const layout of layouts()) {
    const told = played[layout][when].filter(({ kind }) => when === 'mended' || kind !== 'OK');
    for (const { text, kind, after, by } of told) {
      const key = `${kind} ${text}`;
      const row = rows.get(key) ?? {
        message: text,
        kind,
        first: after,
        times: 0,
        by: { 'one topic': [], 'two topics': [] },
      };
      const times = told.filter((other) => other.text === text && other.kind === kind).length;
      const together = LISTENERS.filter((listener) => by.includes(listener) || row.by[layout].includes(listener));
      rows.set(key, { ...row, times, by: { ...row.by, [layout]: together } });
    }
  }
  return [...rows.values()].toSorted((one, other) => one.first - other.first);
}

function layouts(): Layout[] {
  return Object.keys(LAYOUTS).filter((name): name is Layout => Object.hasOwn(LAYOUTS, name));
}

/** `1 h 5 min`, or `6 d 4 h`. */
export function duration(milliseconds: number): string {
  const days = Math.floor(milliseconds / DAY);
  const hours = Math.floor((milliseconds % DAY) / HOUR);
  const minutes = Math.round((milliseconds % HOUR) / MINUTE);
  if (days > 0) return hours === 0 ? `${days} d` : `${days} d ${hours} h`;
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min`;
}

export function names(listeners: readonly Listener[]): string {
  return listeners.length === 0 ? 'no one' : listeners.join(', ');
}
