import { ImportError, importFindings } from '../../lambda/aws/security-hub';
import { writeAsff } from '../../lambda/report/machine/asff';
import { type AwsSandbox, startAws } from '../../sandbox/aws/server';
import { failureOf } from '../auth0/paced-client';
import { FIRST_RUN, HUGE } from '../report/five-runs';

const HOME = { account: '111122223333', region: 'eu-central-1', partition: 'aws' };
const VARIABLES = ['AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;

let aws: AwsSandbox;
const before = VARIABLES.map((name) => [name, process.env[name]] as const);

beforeEach(async () => {
  aws = await startAws({ port: 0 });
  const values = [aws.endpoint, HOME.region, 'made-up', 'made-up'];
  VARIABLES.forEach((name, index) => {
    process.env[name] = values[index];
  });
});

afterEach(async () => {
  await aws.stop();
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

describe('importing into Security Hub', () => {
  it('each finding of a run is imported one time', async () => {
    const findings = [...writeAsff(FIRST_RUN, HOME)];
    await importFindings(findings);
    expect(aws.imported).toEqual(findings.map(({ Id }) => Id));
  });

  it('findings are imported 100 at a time', async () => {
    const findings = [...writeAsff(HUGE, HOME)].slice(0, 250);
    await importFindings(findings);
    expect(aws.calls.map(({ operation }) => operation)).toEqual(Array(3).fill('BatchImportFindings'));
    expect(new Set(aws.imported).size).toBe(250);
  });

  it('an import without time left stops, and reports the number of imported findings', async () => {
    const limits = [9_000, 6_000, 0];
    const findings = [...writeAsff(HUGE, HOME)].slice(0, 250);
    const error = await failureOf(importFindings(findings, () => limits.shift() ?? 9_000));
    expect(error).toBeInstanceOf(ImportError);
    expect(error.message).toBe('Importing into Security Hub: no time left, after 200 of 250 findings.');
    expect(aws.imported).toHaveLength(200);
  });

  it('an import without findings sends no request', async () => {
    await importFindings([]);
    expect(aws.calls).toEqual([]);
  });

  it('an import reports the number and code of refused findings, even if the call succeeds', async () => {
    const [finding] = writeAsff(FIRST_RUN, HOME);
    const { Title: _, ...untitled } = { ...finding };
    const error = await failureOf(importFindings([Object(untitled), Object(finding)]));
    expect(error).toBeInstanceOf(ImportError);
    expect(error.message).toBe('Security Hub refused 1 of 2 findings: InvalidInput.');
  });

  it('an import that is refused completely names the refusal, and no finding', async () => {
    const denied = { status: 403, code: 'AccessDeniedException', message: 'made-up' };
    aws.failNext('BatchImportFindings', denied);
    const error = await failureOf(importFindings([...writeAsff(FIRST_RUN, HOME)]));
    expect(error.message).toContain('Importing into Security Hub: AccessDeniedException.');
    expect(error.message).not.toContain('con_');
  });
});
