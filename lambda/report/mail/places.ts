import type { Report } from '../../judge/report';
import { fill } from '../text/columns';
import { makeVisible } from '../text/harmless';
import { fullReportOf, isPlain } from '../words/places';

/** Where all of it can be read. An address stands in a line of its own, whole, so that it can be copied. */
export function writePlaces(report: Report, region: string | undefined): string[] {
  const full = fullReportOf(report, region);
  if (full === undefined) {
    return report.findings.length === 0
      ? []
      : ['FULL REPORT', ...fill('It was not kept. The findings topic has every finding.', { first: '  ' })];
  }
  const { place, link } = full;
  const record = report.places?.record ?? place;
  return [
    'FULL REPORT',
    ...(link === undefined ? [] : [`  ${link}`]),
    ...writeAddress(place),
    ...(record === place ? [] : ['The same as JSON:', ...writeAddress(record)]),
  ];
}

function writeAddress(place: string): string[] {
  return isPlain(place) ? [`  ${place}`] : fill(makeVisible(place, 500), { first: '  ' });
}
