import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint } from '../../../lambda/fingerprint';
import { closeStores } from '../../history/stores';
import { sampleEnvironment } from '../../lib/environment/sample-environment';
import { openCommandLine } from '../open-command-line';

afterEach(closeStores);

test('a run from a terminal keeps the fingerprint of its policy, and a page that links to the docs', async () => {
  const docsUrl = 'https://docs.example.com/docs';
  const cli = await openCommandLine({ environment: { docsUrl } });
  await cli.run('--format json');
  const names = readdirSync(cli.folder, { recursive: true, encoding: 'utf8' });
  const read = (form: RegExp) =>
    readFileSync(path.join(cli.folder, names.find((name) => form.test(name)) ?? ''), 'utf8');
  expect(JSON.parse(read(/runs\/.*\.json$/))).toMatchObject({
    policyFingerprint: fingerprint(sampleEnvironment.policy),
  });
  expect(read(/runs\/.*\.html$/)).toContain(`${docsUrl}/reference.md#finding-WRONG_VALUE`);
});
