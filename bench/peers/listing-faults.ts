import type { Fault } from '../../sandbox/auth0/faults';
import type { Sandbox } from '../../sandbox/auth0/server';

interface ListingFault {
  /** The description of the fault in the table. */
  readonly does: string;
  readonly inject: (sandbox: Sandbox) => void;
}

/** Eleven faults of a listing. Each fault lasts until the end of the run, so that no retry helps. */
export const LISTING_FAULTS = {
  'server error': fromPageTwo('From page 2 on every answer is a 500.', {
    name: 'status',
    status: 500,
    body: { statusCode: 500, error: 'Internal Server Error', message: 'Internal error' },
  }),
  'rate limited': fromPageTwo('From page 2 on every answer is a 429.', {
    name: 'status',
    status: 429,
    body: { statusCode: 429, error: 'Too Many Requests', message: 'Global limit has been reached' },
  }),
  'cut off': fromPageTwo('From page 2 on the connection breaks in the middle of the body.', { name: 'cut' }),
  'half a JSON': fromPageTwo('From page 2 on a 200 has half of the body.', { name: 'half_json' }),
  'page for people': fromPageTwo('From page 2 on a proxy answers 200 with a sign-in page in HTML.', { name: 'html' }),
  'no body': fromPageTwo('From page 2 on a 200 has no body.', { name: 'empty' }),
  'error with 200': fromPageTwo('From page 2 on a gateway answers 200 with an error object.', {
    name: 'wrong_shape',
    body: { error: 'upstream_timeout', message: 'The upstream did not answer in time' },
  }),
  'empty page': fromPageTwo('From page 2 on a page has no connections and no `next`.', {
    name: 'wrong_shape',
    body: { connections: [] },
  }),
  'next leads back': fromPageTwo('The `next` of page 2 leads to page 2.', { name: 'repeat_next' }),
  'next is lost': {
    does: 'Page 1 has no `next`, as if it were the last page.',
    inject: ({ faults }) => faults.add({ name: 'lose_next' }, LISTED),
  },
  'options hidden': {
    does: 'The token lacks `read:connections_options`: Auth0 answers 200 and omits all `options`.',
    inject: (sandbox) => sandbox.grantScopes(['read:connections']),
  },
} as const satisfies Record<string, ListingFault>;

export type ListingFaultName = keyof typeof LISTING_FAULTS;

export function isFaultName(name: string): name is ListingFaultName {
  return Object.hasOwn(LISTING_FAULTS, name);
}

export const LISTING_FAULT_NAMES: readonly ListingFaultName[] = Object.keys(LISTING_FAULTS).filter(isFaultName);

const LISTED = { method: 'GET', path: '/api/v2/connections', times: Number.POSITIVE_INFINITY };

function fromPageTwo(does: string, fault: Fault): ListingFault {
  return { does, inject: ({ faults }) => faults.add(fault, { ...LISTED, nth: 2 }) };
}
