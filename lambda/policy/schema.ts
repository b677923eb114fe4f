import * as z from 'zod';
import { LOGIN_KEYS } from '../connection/fills';
import { ONCE } from '../connection/once';
import { ROOT_ATTRIBUTES } from '../connection/setting';
import { SEVERITIES } from '../contract';
import { CONDITIONS } from './conditions';
import {
  DEFAULT_GRACE_DAYS,
  DEFAULT_NOTICE_DAYS,
  type Exemption,
  type Expectation,
  type Match,
  type Policy,
} from './policy';
import { hasContent, objectOf, oneOf, oneOrMore, schemasOf, text, textLike, wholeNumber } from './schema-parts';

const FILLED = `a list of at least one of ${LOGIN_KEYS.join(', ')}`;

/**
 * The one definition of the shape of a policy. Each `error` is the text after "allowed:". Editors show each
 * description.
 */
const expectationShape = {
  expect: oneOrMore(oneOf(ROOT_ATTRIBUTES), `${ROOT_ATTRIBUTES.join(', ')}, or a list of them`).describe(
    'The expected value, or a list of values that are allowed.',
  ),
  repairTo: oneOf(ROOT_ATTRIBUTES)
    .optional()
    .describe('The value that a repair writes. Default: the expected value, if there is only one.'),
  severity: oneOf(SEVERITIES)
    .optional()
    .describe('The severity of a deviation. By default, the direction of the deviation decides.'),
  reason: text(500).optional().describe('Why this value is expected. The finding shows the reason.'),
  remediate: z
    .literal(false, {
      error: "false, or omit this key: then the environment's mode decides whether anything is written",
    })
    .optional()
    .describe('false: a deviation is reported and never repaired.'),
  allowNeverOnLogin: onlyTrue().describe('true: a repair is allowed to write never_on_login. Needs a reason.'),
  allowFilledKeys: z
    .array(oneOf(LOGIN_KEYS), { error: FILLED })
    .min(1, { error: FILLED })
    .optional()
    .describe('Options that Auth0 is allowed to fill in during a repair, although they can change how users log in.'),
  mustBeExplicit: onlyTrue().describe("true: the value must be set. An unset value does not count as Auth0's default."),
};

const matchSchema = objectOf(schemasOf(CONDITIONS))
  .refine(hasContent, {
    error: 'at least one condition; `default` applies to connections that no rule matches',
    when: isSound,
  })
  .meta({ minProperties: 1 });

const ID = 'lower-case letters, digits and hyphens, at most 64, and not "default"';
const ruleIdSchema = textLike(/^(?!default$)[a-z0-9][a-z0-9-]{0,63}$/, ID);

const DATE = 'a day that exists, as YYYY-MM-DD';
const exemptionSchema = objectOf({
  id: text(200).optional().describe("The connection's id. Give this or `name`."),
  name: text(300).optional().describe('The whole name, with * and ? as wildcards. Give this or `id`.'),
  reason: text(500).describe('Why the connection is allowed to deviate.'),
  owner: text(200).describe('The person or team to contact.'),
  ticket: text(200).describe('The place of the agreement, such as a ticket.'),
  expires: z.iso.date({ error: DATE }).describe('The last day of the exemption, in the time zone of the schedule.'),
})
  .refine(({ id, name }) => (id === undefined) !== (name === undefined), {
    error: 'exactly one of id and name',
    when: isObject,
  })
  .meta({ oneOf: [{ required: ['id'] }, { required: ['name'] }] });

const LIST = 'a list';
export const policySchema = objectOf({
  $schema: z.string({ error: 'the address of a schema' }).optional(),
  rules: z
    .array(objectOf({ id: ruleIdSchema, match: matchSchema, ...expectationShape }), { error: LIST })
    .optional()
    .describe('The first rule that matches a connection decides.'),
  default: objectOf(expectationShape).describe('Applies to every connection that no rule matches.'),
  exemptions: z
    .array(exemptionSchema, { error: LIST })
    .optional()
    .describe('The connections that are allowed to deviate, each until a day.'),
  graceDays: days()
    .optional()
    .describe(
      `Days after the expiry of an exemption in which its connections are not repaired. Default: ${DEFAULT_GRACE_DAYS}.`,
    ),
  noticeDays: days()
    .optional()
    .describe(
      `Days before the last day of an exemption in which its expiry is announced. Default: ${DEFAULT_NOTICE_DAYS}.`,
    ),
}) satisfies z.ZodType<Policy>;

/**
 * The readable parts of one rule, or of the default: a bad value in one part does not hide problems of another part.
 */
export interface RulePiece {
  readonly path: string;
  readonly id: string | undefined;
  readonly match: Match | undefined;
  readonly expectation: Expectation | undefined;
}

/** The readable parts of a value that should be a policy. */
export interface Pieces {
  readonly rules: readonly RulePiece[];
  readonly default: RulePiece;
  readonly exemptions: readonly { readonly path: string; readonly exemption: Exemption | undefined }[];
}

export function readPieces(value: unknown): Pieces {
  const { rules, exemptions, ...rest } = frameSchema.parse(value, ONCE);
  return {
    rules: rules.map((rule, index) => readRule(rule, `rules[${index}]`)),
    default: readRule(rest.default, 'default'),
    exemptions: exemptions.map((exemption, index) => ({
      path: `exemptions[${index}]`,
      exemption: exemptionSchema.safeParse(exemption, ONCE).data,
    })),
  };
}

const frameSchema = z
  .object({
    rules: z.array(z.unknown()).catch([]),
    exemptions: z.array(z.unknown()).catch([]),
    default: z.unknown(),
  })
  .catch({ rules: [], exemptions: [], default: undefined });

const idPart = z.object({ id: ruleIdSchema });
const matchPart = z.object({ match: matchSchema });
const expectationPart = z.object(expectationShape);

function readRule(rule: unknown, path: string): RulePiece {
  return {
    path,
    id: idPart.safeParse(rule, ONCE).data?.id,
    match: matchPart.safeParse(rule, ONCE).data?.match,
    expectation: expectationPart.safeParse(rule, ONCE).data,
  };
}

/** The JSON Schema of a policy file; `policy.schema.json` contains it. */
export function policyJsonSchema(): unknown {
  return { title: 'Policy of the connection auditor for Auth0', ...z.toJSONSchema(policySchema, { io: 'input' }) };
}

function onlyTrue() {
  return z.literal(true, { error: 'true, or omit this key' }).optional();
}

function days() {
  return wholeNumber(0, 90, ' of days');
}

/** After an unknown condition is reported, a missing condition is not reported too. */
function isSound({ issues }: { issues: readonly unknown[] }): boolean {
  return issues.length === 0;
}

function isObject({ value }: { value: unknown }): boolean {
  return typeof value === 'object' && value !== null;
}
