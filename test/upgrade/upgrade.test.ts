import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseChanges, parseState } from '../../lambda/history/parse';
import { VERSIONS } from './versions';

function read(version: string, file: string): string {
  return readFileSync(path.join(__dirname, version, file), 'utf8');
}

describe.each(VERSIONS)('a history of version %s', (version) => {
  test('state.json is read whole', () => {
    const text = read(version, 'state.json');
    expect(parseState(text)).toEqual({ ok: true, state: JSON.parse(text) });
  });

  test.each(['planned', 'ended'])('the %s record of a run can be undone', (phase) => {
    const parsed = parseChanges(read(version, `${phase}-record.json`));
    expect(parsed).toMatchObject({ tenant: 'example.eu.auth0.com', runId: '2026-11-02T04-30-00Z-22222222' });
    expect(parsed?.changes).toHaveLength(12);
    expect(parsed?.changes).toContainEqual({
      connectionId: 'con_S32fHk55JgdFLLK6',
      before: 'never_on_login',
      after: null,
    });
  });
});
