import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { closeStores, makeFolder } from '../../history/stores';
import { openCommandLine } from '../open-command-line';

afterEach(closeStores);

const CODE = '\u001b[';

test('check and lint colour a status, and their text is the same without colours', async () => {
  const cli = await openCommandLine();
  const policy = path.join(makeFolder(), 'policy.json');
  writeFileSync(policy, JSON.stringify({ default: { expect: 'sometimes' } }));
  for (const line of ['check', `lint --policy ${policy}`]) {
    const plain = await cli.run(line);
    const coloured = await cli.run(line, { hasColours: true });
    expect(plain.stdout).not.toContain(CODE);
    expect(coloured.stdout).toContain(CODE);
    expect(stripVTControlCharacters(coloured.stdout)).toBe(plain.stdout);
  }
});

test('the table of an audit is coloured on a terminal and never in a file', async () => {
  const cli = await openCommandLine();
  const shown = await cli.run('', { hasColours: true });
  expect(shown.stdout).toContain(CODE);
  const kept = await cli.run('--format table --output report.txt', { hasColours: true });
  expect(kept.files.get('report.txt')).toContain('SEVERITY');
  expect(kept.files.get('report.txt')).not.toContain(CODE);
});
