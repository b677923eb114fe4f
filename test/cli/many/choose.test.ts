import { chooseEnvironments } from '../../../cli/many/choose';
import { filesOf } from '../../../lib/environment/environment-file';
import { sampleEnvironment } from '../../lib/environment/sample-environment';

function hostsOf(fields: object) {
  return chooseEnvironments({ environments: [], all: true }, filesOf([{ ...sampleEnvironment, ...fields }]))[0]?.hosts;
}

it.each([
  {
    claim: 'the tenant of an environment has the host of its domain',
    fields: { domain: 'https://Acme.eu.auth0.com/' },
    hosts: { tenant: 'acme.eu.auth0.com', canonical: 'acme.eu.auth0.com', isPlaceholder: false },
  },
  {
    claim: 'the tenant of an environment with a custom domain has the canonical host',
    fields: { domain: 'login.acme.com', canonicalDomain: 'acme.eu.auth0.com' },
    hosts: { tenant: 'login.acme.com', canonical: 'acme.eu.auth0.com', isPlaceholder: false },
  },
  {
    claim: 'the tenant of a placeholder domain is a placeholder',
    fields: { domain: 'your-tenant.invalid' },
    hosts: { tenant: 'your-tenant.invalid', canonical: 'your-tenant.invalid', isPlaceholder: true },
  },
  {
    claim: 'the tenant of a placeholder canonical domain is a placeholder',
    fields: { domain: 'login.acme.com', canonicalDomain: 'your-tenant.invalid' },
    hosts: { tenant: 'login.acme.com', canonical: 'your-tenant.invalid', isPlaceholder: true },
  },
  { claim: 'the tenant of a domain that is not text is unknown', fields: { domain: 7 }, hosts: undefined },
  { claim: 'the tenant of an invalid domain is unknown', fields: { domain: 'a b' }, hosts: undefined },
])('$claim', ({ fields, hosts }) => {
  expect(hostsOf(fields)).toEqual(hosts);
});

it('an environment without a name has the name of its file', () => {
  const chosen = chooseEnvironments({ environments: [], all: true }, [
    { file: 'environments/broken.ts', environment: undefined },
  ]);
  expect(chosen.map(({ name }) => name)).toEqual(['broken']);
});
