import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { dump } from 'auth0-deploy-cli';
import { answerParent } from './answer-parent';

/**
 * The Deploy CLI as a module, with its own defaults (three parallel requests, eight a second, ten retries):
 * https://github.com/auth0/auth0-deploy-cli/blob/master/docs/using-as-node-module.md
 */
answerParent(async ({ domain, clientId, clientSecret, folder }) => async () => {
  await dump({
    output_folder: folder,
    format: 'directory',
    config: {
      AUTH0_DOMAIN: domain,
      AUTH0_CLIENT_ID: clientId,
      AUTH0_CLIENT_SECRET: clientSecret,
      AUTH0_INCLUDED_ONLY: ['connections'],
    },
  });
  // One JSON file for each connection. The body of a mail is a separate file next to it.
  const written = path.join(folder, 'connections');
  const files = readdirSync(written).filter((name) => name.endsWith('.json'));
  const withoutOptions = files.filter((name) => {
    const connection: { readonly options?: object } = JSON.parse(readFileSync(path.join(written, name), 'utf8'));
    return connection.options === undefined;
  });
  return { isComplete: true, listed: files.length, withoutOptions: withoutOptions.length, note: '' };
});
