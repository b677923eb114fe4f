import path from 'node:path';
import { whatIsMissing } from './subject.mjs';

/**
 * A reporter of Jest (https://jestjs.io/docs/configuration#custom-reporters): lists each title without a subject or a
 * verb at the end of a run, and fails the run if there is one. Tests that a run skips have titles too.
 */
export default class TitlesReporter {
  #incomplete = 0;

  /** @param {unknown} _contexts @param {import('@jest/test-result').AggregatedResult} results */
  onRunComplete(_contexts, { testResults }) {
    const titles = testResults.flatMap(({ testFilePath, testResults: tests }) =>
      tests.map(({ title }) => ({
        file: path.relative(process.cwd(), testFilePath),
        title,
        missing: whatIsMissing(title),
      })),
    );
    const incomplete = titles.filter(({ missing }) => missing !== undefined);
    this.#incomplete = incomplete.length;
    for (const { file, title, missing } of incomplete) console.error(`${file}: "${title}" lacks ${missing}.`);
    console.error(`Titles of tests without a subject or a verb: ${incomplete.length} of ${titles.length}.`);
  }

  getLastError() {
    return this.#incomplete === 0 ? undefined : new Error('Some titles of tests make no sense alone.');
  }
}
