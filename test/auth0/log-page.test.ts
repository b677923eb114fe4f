import { parseLogPage } from '../../lambda/auth0/wire-log';

const entry = (request: object, response: object = {}) => ({
  date: '2026-11-22T14:07:31.000Z',
  client_id: 'made-up-client',
  client_name: '',
  details: { request: { channel: 'api', auth: { user: {} }, ...request }, response },
});

const authorOf = (raw: unknown) => {
  const parsed = parseLogPage([raw]);
  return parsed.ok
    ? parsed.value.writes.map(({ connectionId, channel, clientId }) => [connectionId, channel, clientId])
    : [];
};

describe('an entry of the tenant log', () => {
  it.each([
    {
      claim: 'a log entry of a PATCH is a write to that connection',
      raw: entry({ method: 'patch', path: '/api/v2/connections/con_A1' }),
      writes: [['con_A1', 'api', 'made-up-client']],
    },
    {
      claim:
        'a log entry of a created connection is not a write: its path names no connection, and its body is not read',
      raw: entry({ method: 'post', path: '/api/v2/connections' }, { body: { id: 'con_B2' } }),
      writes: [],
    },
    {
      claim: 'a log entry from the Dashboard has the channel dashboard',
      raw: entry({ method: 'patch', path: '/api/v2/connections/con_A1', channel: 'https://manage.auth0.com/' }),
      writes: [['con_A1', 'dashboard', 'made-up-client']],
    },
    {
      claim: 'a log entry of a GET is not a write',
      raw: entry({ method: 'get', path: '/api/v2/connections/con_A1' }),
      writes: [],
    },
    {
      claim: 'a log entry on another resource is not a write',
      raw: entry({ method: 'patch', path: '/api/v2/clients/con_A1' }),
      writes: [],
    },
    { claim: 'a log entry without a request is not a write', raw: { date: '2026-11-22T14:07:31.000Z' }, writes: [] },
  ])('$claim', ({ raw, writes }) => {
    expect(authorOf(raw)).toEqual(writes);
  });

  it('a log entry is read without its bodies, because bodies can contain secrets', () => {
    const raw = entry({ method: 'patch', path: '/api/v2/connections/con_A1' });
    const get = (): never => {
      throw new Error('a body was read');
    };
    for (const holder of [raw.details.request, raw.details.response]) {
      Object.defineProperty(holder, 'body', { enumerable: true, get });
    }
    expect(authorOf(raw)).toEqual([['con_A1', 'api', 'made-up-client']]);
  });
});
