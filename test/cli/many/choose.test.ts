import { chooseEnvironments } from '../../../cli/many/choose';
import { filesOf } from '../../../lib/environment/environment-file';
import { sampleEnvironment } from '../../lib/environment/sample-environment';

function hostsOf(fields: object) {
  return chooseEnvironments({ environments: [], all: true }, filesOf([{ ...sampleEnvironment, ...fields }]))[0]?.hosts;
}

it.each([
  {
    claim: 'of its own domain',
    fields: { domain: 'https://Acme.eu.auth0.com/' },
    hosts: { tenant: 'acme.eu.auth0.com', canonical: 'acme.eu.auth0.com', isPlaceholder: false },
  },
  {
    claim: 'of a custom domain is the tenant of its own domain',
    fields: { domain: 'login.acme.com', canonicalDomain: 'acme.eu.auth0.com' },
    hosts: { tenant: 'login.acme.com', canonical: 'acme.eu.auth0.com', isPlaceholder: false },
  },
  {
    claim: 'of a placeholder',
    fields: { domain: 'your-tenant.invalid' },
    hosts: { tenant: 'your-tenant.invalid', canonical: 'your-tenant.invalid', isPlaceholder: true },
  },
  {
    claim: 'of a placeholder behind a custom domain',
    fields: { domain: 'login.acme.com', canonicalDomain: 'your-tenant.invalid' },
    hosts: { tenant: 'login.acme.com', canonical: 'your-tenant.invalid', isPlaceholder: true },
  },
  { claim: 'of no text is not known', fields: { domain: 7 }, hosts: undefined },
  { claim: 'of a bad domain is not known', fields: { domain: 'a b' }, hosts: undefined },
])('a tenant $claim', ({ fields, hosts }) => {
  expect(hostsOf(fields)).toEqual(hosts);
});

it('a file without a name is called as it is', () => {
  const chosen = chooseEnvironments({ environments: [], all: true }, [
    { file: 'environments/broken.ts', environment: undefined },
  ]);
  expect(chosen.map(({ name }) => name)).toEqual(['broken']);
});
