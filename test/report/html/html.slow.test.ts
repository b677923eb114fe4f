import { writeHtml } from '../../../lambda/report/html/page';
import { CHANGED_BY_PEOPLE, CUT_RUN, UNDONE_RUN } from '../earlier-samples';
import { FIRST_RUN, HUGE, INCOMPLETE, REPAIRED_AND_REFUSED } from '../five-runs';
import { NOTHING_READ, reportOf } from '../report-samples';
import { all, axeProblems, countRows, firstRows, openPage, readPage, textOf } from './page';

describe('page', () => {
  test.each([
    ['a first run', FIRST_RUN],
    ['a run with repaired and refused connections', REPAIRED_AND_REFUSED],
    ['an incomplete run', INCOMPLETE],
    ['a run that read nothing', reportOf(NOTHING_READ)],
    ['a run after unreported writes', CUT_RUN],
    [
      'a run after changes by people',
      { ...CHANGED_BY_PEOPLE, earlierChanges: [...CUT_RUN.earlierChanges, ...CHANGED_BY_PEOPLE.earlierChanges] },
    ],
    ['a run after an undo', UNDONE_RUN],
    [
      'a run without findings and with failures',
      reportOf({ historyFailure: 'The bucket could not be read.', untold: ['SNS refused the message.'] }),
    ],
  ])('the page of %s violates no accessibility rule', async (_, report) => {
    expect(await axeProblems(await openPage(writeHtml(report)))).toEqual([]);
  });

  it('the page of 10,000 findings shows the 2,000 most severe within 1.5 MB, and names the full record', () => {
    const page = writeHtml({ ...HUGE, places: { record: 's3://history/r.json', html: 's3://history/r.html' } });
    expect(Buffer.byteLength(page)).toBeLessThan(1_500_000);
    expect(countRows(page)).toBe(2_000);
    expect(page).toContain('2,000 of 10,000 findings, most severe first');
    expect(page).toContain('The JSON record contains all 10,000: <code>s3://history/r.json</code>');
    const { document } = readPage(firstRows(page, 50));
    const severities = all(document, '#findings tbody tr td:first-child').map(textOf);
    expect(severities.slice(0, 41)).toEqual([...Array<string>(40).fill('critical'), 'high']);
    expect(all(document, '.card').length).toBeLessThan(20);
  });
});
