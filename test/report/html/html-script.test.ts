import type { PageWindow } from 'jsdom';
import type { Report } from '../../../lambda/judge/report';
import { writeHtml } from '../../../lambda/report/html/page';
import { FIRST_RUN } from '../five-runs';
import { findingOf, reportOf } from '../report-samples';
import { all, firstRows, one, openPage, readPage, textOf } from './page';

const CROWD: Report = reportOf({
  findings: Array.from({ length: 250 }, (_, index) =>
    findingOf({
      connection: { id: `con_${index}`, name: `customer-${index}` },
      severity: index < 3 ? 'high' : 'medium',
    }),
  ),
});

function names({ document }: Pick<PageWindow, 'document'>): string[] {
  return all(document, '#findings tbody th > bdi').map(textOf);
}

function told({ document }: PageWindow): string {
  return textOf(one(document, '#filters output'));
}

function choose(window: PageWindow, field: string, value: string): void {
  const control = one(window.document, `#filters [name="${field}"]`);
  control.value = value;
  control.dispatchEvent(new window.Event('input', { bubbles: true }));
}

function press({ document }: PageWindow, within: string, words: string): void {
  const button = all(document, `${within} button`).find((each) => textOf(each) === words);
  if (button === undefined) throw new Error(`no button says ${words}`);
  button.click();
}

describe('page without its script', () => {
  it('the page without its script has every row and shows no filters', () => {
    const window = readPage(writeHtml(CROWD));
    expect(names(window)).toHaveLength(250);
    expect(one(window.document, '#filters').hidden).toBe(true);
    expect(all(window.document, 'main button').map(textOf)).toEqual(['Clear']);
  });
});

describe('filters of the page', () => {
  it.each([
    ['severity', '3', ['contoso-entra', 'fabrikam-saml', 'okta-emea']],
    ['strategy', 'oidc', ['adatum-oidc', 'woodgrove-oidc']],
    ['outcome', 'skipped_exempt', ['northwind-adfs']],
    ['advice', '2', ['okta-emea']],
    ['text', 'söhne', ['okta-emea']],
    ['text', 'ROBIN saml', ['fabrikam-saml']],
    ['text', 'nobody', []],
  ])('the filter %s with the value %s shows only the matching findings', async (field, value, expected) => {
    const window = await openPage(writeHtml(FIRST_RUN));
    choose(window, field, value);
    expect(names(window)).toEqual(expected);
    expect(told(window)).toBe(`${expected.length} of 10 findings`);
  });

  it('several filters of the page combine and are cleared together', async () => {
    const window = await openPage(writeHtml(FIRST_RUN));
    choose(window, 'severity', '3');
    choose(window, 'strategy', 'okta');
    expect(names(window)).toEqual(['okta-emea']);
    press(window, '#filters', 'Clear');
    await new Promise((resolve) => setTimeout(resolve));
    expect(names(window)).toHaveLength(10);
    expect(told(window)).toBe('10 findings');
  });

  it('the lifecycle filter of the page shows only the matching findings', async () => {
    const report = {
      ...FIRST_RUN,
      findings: FIRST_RUN.findings.map((finding, index) =>
        index === 4 ? { ...finding, lifecycle: 'open' as const } : finding,
      ),
    };
    const window = await openPage(writeHtml(report));
    choose(window, 'life', 'open');
    expect(names(window)).toEqual(['github']);
  });
});

describe('sorting of the page', () => {
  it('sorting by the same column again reverses the order, updates aria-sort and keeps the filter', async () => {
    const window = await openPage(writeHtml(FIRST_RUN));
    const heads = () => all(window.document, '#findings thead th').map((head) => head.getAttribute('aria-sort'));
    expect(heads().slice(0, 2)).toEqual(['descending', null]);
    choose(window, 'severity', '2');
    press(window, '#findings thead', 'Connection');
    expect(names(window).slice(0, 2)).toEqual(['adatum-oidc', 'facebook']);
    expect(heads().slice(0, 2)).toEqual([null, 'ascending']);
    press(window, '#findings thead', 'Connection');
    expect(names(window).slice(0, 2)).toEqual(['woodgrove-oidc', 'northwind-adfs']);
    expect(heads().slice(0, 2)).toEqual([null, 'descending']);
  });

  it('sorting uses the rank of severities and the numeric order of numbers in names', async () => {
    const window = await openPage(writeHtml(CROWD));
    press(window, '#findings thead', 'Severity');
    expect(names(window)[0]).toBe('customer-10');
    press(window, '#findings thead', 'Severity');
    expect(names(window).slice(0, 3)).toEqual(['customer-0', 'customer-1', 'customer-2']);
    press(window, '#findings thead', 'Connection');
    expect(names(window).slice(8, 11)).toEqual(['customer-8', 'customer-9', 'customer-10']);
  });
});

describe('pages of the table', () => {
  it('each page of the table shows a hundred rows', async () => {
    const window = await openPage(writeHtml(CROWD));
    const place = () => textOf(one(window.document, '#pages span'));
    expect([names(window).length, place()]).toEqual([100, '1 to 100 of 250']);
    window.eval('Element.prototype.scrollIntoView = () => {}');
    press(window, '#pages', 'Next');
    press(window, '#pages', 'Next');
    expect([names(window).length, place()]).toEqual([50, '201 to 250 of 250']);
    press(window, '#pages', 'Next');
    expect(place()).toBe('201 to 250 of 250');
    choose(window, 'severity', '3');
    expect([names(window).length, one(window.document, '#pages').hidden]).toEqual([3, true]);
  });

  it('the table is not paged while the browser prints', async () => {
    const window = await openPage(writeHtml(CROWD));
    window.dispatchEvent(new window.Event('beforeprint'));
    expect(names(window)).toHaveLength(250);
    window.dispatchEvent(new window.Event('afterprint'));
    expect(names(window)).toHaveLength(100);
  });
});

it('the button of an advice filters the table by this advice', async () => {
  const window = await openPage(writeHtml(FIRST_RUN));
  window.eval('Element.prototype.scrollIntoView = () => {}');
  press(window, '#do-3', 'Show in the table');
  expect(names(window)).toEqual(['facebook', 'github', 'google-oauth2']);
});

describe('table with only the first findings', () => {
  // jsdom needs minutes for a page with more than 2,000 rows, so the test cuts the rows in the same way as the page.
  const cut = (rows: number) => {
    const html = firstRows(writeHtml(FIRST_RUN), rows);
    return openPage(html.replace('data-found="10"', 'data-found="40000"'));
  };

  it('a table with only the first findings shows the total number of findings', async () => {
    const window = await cut(4);
    expect(told(window)).toBe('4 of 40,000 findings');
    choose(window, 'strategy', 'okta');
    expect(told(window)).toBe('1 of 4 shown findings');
  });

  it('an advice without rows in the table has no button', async () => {
    const { document } = await cut(1);
    const withButton = all(document, '.card:has(button)').map((card) => card.getAttribute('id'));
    const advice = one(document, '#findings tbody tr').getAttribute('data-do');
    expect(withButton).toEqual([`do-${advice}`]);
  });
});
