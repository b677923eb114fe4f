import { readFileSync } from 'node:fs';
import path from 'node:path';
import { openDemo, type Played } from '../../demo/nights';
import { fingerprintOf, PICTURED, writePicturedMail, writePicturedPage } from '../../demo/picture';
import type { Finding } from '../../lambda/judge/finding';
import { setVariables } from '../deployed-function';

/** The nights of the picture. They differ from the nights of `npm start` only in their dates and the domain of the tenant. */
let played: Played;

beforeAll(async () => {
  const demo = await openDemo(PICTURED);
  const restore = setVariables(demo.forSdk);
  try {
    played = await demo.play();
  } finally {
    restore();
    await demo.close();
  }
});

const named = (name: string): Finding | undefined =>
  played.report.findings.find(({ connection }) => connection.name === name);

describe('the last night of the demo', () => {
  it('the last night of the demo is a complete run on a tenant of 40 to 60 connections', () => {
    const { complete, coverage, historyFailure, untold } = played.report;
    expect({ complete, historyFailure, untold }).toEqual({ complete: true, historyFailure: null, untold: [] });
    expect(coverage.listed).toBeGreaterThanOrEqual(40);
    expect(coverage.listed).toBeLessThanOrEqual(60);
  });

  it('the last night of the demo has a new open finding and names the application that changed the connection', () => {
    expect(named('briarwood-okta')).toMatchObject({
      lifecycle: 'new',
      outcome: 'skipped_rule',
      changedBy: { kind: 'known', channel: 'api', clientName: 'Terraform (tenant-config)' },
    });
  });

  it('the last night of the demo repairs a connection and names the person who changed the connection', () => {
    expect(named('halden-okta')).toMatchObject({
      outcome: 'remediated',
      changedBy: { kind: 'known', channel: 'dashboard', email: 'maria.lopez@example.com' },
    });
  });

  it('the last night of the demo has findings that are open for several days', () => {
    const days = (name: string): number => (PICTURED.lastNight - Date.parse(named(name)?.firstSeen ?? '')) / 86_400_000;
    expect([days('nordholm-entra'), days('legacy-crm')].map(Math.floor)).toEqual([6, 10]);
  });

  it('the last night of the demo has a resolved finding, and an exemption that expires in five days', () => {
    expect(played.report.resolved.map(({ connection, how }) => [connection.name, how])).toEqual([
      ['alderton-saml', 'compliant'],
    ]);
    expect(named('juniper-falls-adfs')?.outcome).toBe('skipped_exempt');
    expect(played.report.notices).toMatchObject([{ code: 'EXEMPTION_EXPIRING', daysLeft: 5 }]);
  });

  it('the last night of the demo has a trend of the earlier nights', () =>
    expect(played.report.trend).toHaveLength(played.nights - 1));
});

test('the picture in docs/picture shows the current page', () => {
  const kept = readFileSync(path.join(__dirname, '../../docs/picture/page.sha256'), 'utf8').trim();
  const now = fingerprintOf(writePicturedPage(played));
  // Jest has no custom message for a comparison. This value contains the fix.
  expect(now === kept ? 'as drawn' : 'the page has changed: run npm run picture').toBe('as drawn');
});

test('the lines of the alert in the README are lines of the mail, in the same order', () => {
  const readme = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');
  const [, block = ''] = /<!-- alert -->\s+```text\n(.*?)\n```\s+<!-- \/alert -->/s.exec(readme) ?? [];
  const quoted = block.split('\n').filter((line) => line !== '...');
  const { subject, body } = writePicturedMail(played);
  const left = [`Subject: ${subject}`, ...body.split('\n')];
  const missing = quoted.filter((line) => {
    const at = left.indexOf(line);
    left.splice(0, at + 1);
    return at < 0;
  });
  expect(quoted.length).toBeGreaterThanOrEqual(10);
  expect(missing).toEqual([]);
});
