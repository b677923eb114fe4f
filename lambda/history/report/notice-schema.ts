import * as z from 'zod';
import { type Notice, type NoticeCode, TOPICS_FOR_PEOPLE } from '../../judge/notice';
import type { Exemption } from '../../policy/policy';
import { count, instant } from '../value-schemas';
import { permission } from './finding-schema';

const exemption = permission.extend({
  id: z.string().optional(),
  name: z.string().optional(),
}) satisfies z.ZodType<Exemption>;
const strategies = z.array(z.object({ strategy: z.string(), connections: count }));

/** The members of a notice for each code, in addition to the code. */
const MEMBERS: { readonly [Code in NoticeCode]: z.ZodType<Omit<Extract<Notice, { code: Code }>, 'code'>> } = {
  SCOPES_UNKNOWN: z.object({}),
  WRITE_SCOPES_IN_REPORT_MODE: z.object({ scopes: z.array(z.string()) }),
  WRITE_SCOPES_MISSING: z.object({}),
  CAP_EXCEEDED: z.object({ planned: count, allowed: count }),
  UNKNOWN_STRATEGY: z.object({ strategy: z.string(), connections: count }),
  LISTING_DROPPED: z.object({ before: count, now: count }),
  NO_CONNECTIONS: z.object({}),
  LAST_TOLD_IN_FUTURE: z.object({ at: instant }),
  NOBODY_CONFIRMED: z.object({ topic: z.enum(TOPICS_FOR_PEOPLE) }),
  SUBSCRIBERS_UNKNOWN: z.object({ topic: z.enum(TOPICS_FOR_PEOPLE) }),
  RUNS_MISSED: z.object({ runs: count, since: instant }),
  WRITES_STOPPED: z.object({ since: instant.nullable(), why: z.enum(['stop', 'unreadable']) }),
  RULE_MATCHED_NOTHING: z.object({ rule: z.string() }),
  ONLY_DEFAULT: z.object({ connections: count }),
  OUTSIDE_GROUP_RULES: z.object({ connections: count, strategies }),
  EXEMPTION_EXPIRED: z.object({ exemption, graceUntil: z.string().nullable() }),
  EXEMPTION_EXPIRING: z.object({ exemption, daysLeft: z.int() }),
  EXEMPTION_UNUSED: z.object({ exemption }),
  EXEMPTION_NOT_NEEDED: z.object({ exemption }),
};

const anyNotice = z.object({ code: z.string() });

export const notice = z.custom<Notice>(isNotice);

function isNotice(value: unknown): value is Notice {
  const code = anyNotice.safeParse(value).data?.code ?? '';
  return isNoticeCode(code) && MEMBERS[code].safeParse(value).success;
}

function isNoticeCode(code: string): code is NoticeCode {
  return Object.hasOwn(MEMBERS, code);
}
