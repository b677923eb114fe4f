import { MODES } from '../lambda/contract';
import { FORMATS } from './formats/formats';

/** What `--help` prints, for a terminal of 80 columns. */
export const USAGE = `Audits every connection of an Auth0 tenant.

  npm run audit -- [audit options]
      Judges every connection; in mode report, the default, changes nothing.
  npm run audit -- check
      Audits nothing; says what is set up and what is missing.
  npm run audit -- explain --connection NAME_OR_ID
      Says which rule decides for a connection, and what a repair would do.
  npm run audit -- lint [--policy FILE] [--strict]
      Says what the environments and their policies cannot mean; needs no
      tenant. --strict makes warnings errors.
  npm run audit -- baseline [--output FILE]
      Drafts the policy that describes the tenant as it is, for review.
  npm run audit -- undo --run RUN_ID
      Puts back what a run changed, and holds those connections.
  npm run audit -- undo --release CONNECTION_ID
      Ends the hold of a connection, so that runs may repair it again.

For every command that reads a tenant
  --environment NAME   whose domain and policy to use (default: dev)
  --domain DOMAIN      another tenant, host or host:port, always over https
  --policy FILE        another policy, as JSON
  --secret ARN         reads the credentials from Secrets Manager instead of
                       AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET
  --rate-reserve P     percent of the rate limit to leave to others

For an audit, an undo or an explanation
  --history PLACE      a folder or s3://BUCKET/PREFIX (default: a folder of
                       yours, $XDG_STATE_HOME/auth0-connection-auditor)
  --yes                writes without asking (audit, undo)

For an audit
  --mode MODE          ${MODES.join(' or ')}
  --max-changes N      connections that one run may change
  --max-percent P      percent of those judged that one run may change
  --format FORMAT      ${FORMATS.join(', ')}
  --output FILE        writes the report there instead of the terminal

Exit code: 0 nothing remains, 1 findings remain, 2 not complete, something
could not be judged, a repair failed, or wrong usage.`;
