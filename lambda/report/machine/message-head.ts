import { type MessageAttributeName, type MessageType, SCHEMA_VERSION, type Severity } from '../../contract';
import type { Lifecycle } from '../../judge/finding';
import type { Outcome } from '../../judge/outcome';
import type { Report } from '../../judge/report';
import { maskUnseen } from '../text/harmless';
import { bytesOf, type Json, joinMembers, writeJson } from '../text/json';

/**
 * The first members of every body, regardless of its type. `part` counts from 1 to `parts` over all messages of the run, so
 * that a consumer knows when it has received all of them. `runId`, `environment` and `tenant` are cut at 256 characters. No
 * real value is that long.
 */
export interface MessageHead {
  readonly schemaVersion: string;
  readonly messageType: MessageType;
  readonly runId: string;
  readonly part: number;
  readonly parts: number;
  readonly environment: string;
  readonly tenant: string;
  readonly mode: Report['mode'];
  readonly complete: boolean;
  readonly startedAt: string;
  readonly finishedAt: string;
  /**
   * `finding`: of all its findings. `run_summary`: the highest of the run. `run_error`: always `high`. `earlier_change`: `high`
   * if an operator should check a connection, otherwise `informational`.
   */
  readonly severity: Severity;
  /**
   * `finding`: of all its findings, `none` if they are resolved. `earlier_change`: `none`. Otherwise the most severe of the
   * run, `none` without findings.
   */
  readonly outcome: Outcome | 'none';
  /** `finding`: of all its findings. Otherwise `none`. */
  readonly lifecycle: MessageLifecycle | 'none';
}

/** The lifecycle of a finding compared with earlier runs, and `resolved` for a finding of theirs that this run resolves. */
export type MessageLifecycle = Lifecycle | 'resolved';

/** The topic of one message. Its attributes are true for the whole content of the message. */
export type Topic = Pick<MessageHead, 'messageType' | 'severity' | 'outcome' | 'lifecycle'>;

export function headOf(
  report: Report,
  { messageType, severity, outcome, lifecycle }: Topic,
  part: number,
  parts: number,
): MessageHead {
  return {
    schemaVersion: SCHEMA_VERSION,
    messageType,
    runId: report.runId.slice(0, 256),
    part,
    parts,
    environment: report.environment.slice(0, 256),
    tenant: report.tenant.slice(0, 256),
    mode: report.mode,
    complete: report.complete,
    startedAt: report.startedAt.slice(0, 64),
    finishedAt: report.finishedAt.slice(0, 64),
    severity,
    outcome,
    lifecycle,
  };
}

/** Attributes of a message. SNS counts their names, types and values together with the body. */
export type Attributes = Readonly<Record<MessageAttributeName, string>>;

export function attributesOf(head: MessageHead): Attributes {
  const { schemaVersion, messageType, severity, mode, outcome, lifecycle } = head;
  return {
    schemaVersion,
    messageType,
    environment: attributeText(head.environment),
    tenant: attributeText(head.tenant),
    severity,
    mode,
    outcome,
    lifecycle,
  };
}

/** SNS accepts no empty attribute and no control characters in an attribute. */
function attributeText(text: string): string {
  return maskUnseen(text) || '?';
}

/** The members of a body of this type, without its head. */
export type Members<Body extends MessageHead> = {
  readonly [Key in Exclude<keyof Body, keyof MessageHead>]: Json<Body[Key]>;
};

/** A message whose place among the others is not yet known. `writeRest` writes its members. */
export interface Draft extends Topic {
  /** The body after its head: JSON members without the braces. */
  readonly writeRest: () => string;
}

export function draftOf<Body extends MessageHead>(topic: Topic, write: () => Members<Body>): Draft {
  return { ...topic, writeRest: () => joinMembers(write()) };
}

/** A body: the head, then the members of its type. */
export function writeBody(head: MessageHead, { writeRest }: Draft): string {
  return `${writeJson(head).slice(0, -1)},${writeRest()}}`;
}

/**
 * SNS refuses more than 262,144 bytes of body and attributes together. The lower limit leaves room for bytes that are
 * not counted here.
 */
export const MESSAGE_BYTES = 240_000;

/** The bytes that remain for entries after the head and the attributes, with the largest possible `part` and `parts`. */
export function roomIn(report: Report, draft: Draft): number {
  const head = headOf(report, draft, 9_999_999, 9_999_999);
  const named = Object.entries(attributesOf(head)).map(
    ([name, value]) => bytesOf(name) + 'String'.length + bytesOf(value),
  );
  return MESSAGE_BYTES - bytesOf(writeBody(head, draft)) - named.reduce((sum, bytes) => sum + bytes, 0);
}

/**
 * Splits the members into lists, so that each list fits the room when it is written. An entry larger than the room would be
 * alone in its list, but no entry is that large. Each text is measured and dropped, because the memory of a function might not
 * hold all texts at the same time.
 */
export function pack<T>(
  members: readonly T[],
  write: (member: T) => Json<unknown>,
  room: number,
): readonly (readonly T[])[] {
  const lists: (readonly T[])[] = [];
  let start = 0;
  let used = 0;
  for (const [index, member] of members.entries()) {
    const bytes = bytesOf(write(member).text) + 1;
    if (index > start && used + bytes > room) {
      lists.push(members.slice(start, index));
      start = index;
      used = 0;
    }
    used += bytes;
  }
  return members.length > start ? [...lists, members.slice(start)] : lists;
}
