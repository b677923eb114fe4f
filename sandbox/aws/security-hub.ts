import { isObject, parseJson } from '../json';
import type { AwsAnswer, AwsError, AwsProduct } from './product';

/** API reference, BatchImportFindings: at most 100 findings per request; a finding without these fields is refused. */
const MOST = 100;
const REQUIRED = [
  'SchemaVersion',
  'Id',
  'ProductArn',
  'GeneratorId',
  'AwsAccountId',
  'CreatedAt',
  'UpdatedAt',
  'Title',
  'Description',
  'Resources',
];

/** Security Hub with `BatchImportFindings`: REST with JSON. The call succeeds even if findings are refused. */
export function createSecurityHub(): AwsProduct & { readonly imported: readonly string[] } {
  const imported: string[] = [];
  return {
    imported,
    operationOf: ({ method, path }) =>
      method === 'POST' && path === '/findings/import' ? 'BatchImportFindings' : undefined,
    answer(_operation, request) {
      const parsed = parseJson(request.body.toString('utf8'));
      const findings = parsed.ok && isObject(parsed.value) ? parsed.value.Findings : undefined;
      if (!Array.isArray(findings) || findings.length === 0 || findings.length > MOST) {
        return refuse({ status: 400, code: 'InvalidInputException', message: 'Findings: expected 1 to 100' });
      }
      const failed = findings.flatMap((finding) => {
        const isWhole = isObject(finding) && REQUIRED.every((field) => finding[field] !== undefined);
        const id = isObject(finding) && typeof finding.Id === 'string' ? finding.Id : '';
        if (isWhole) imported.push(id);
        return isWhole ? [] : [{ Id: id, ErrorCode: 'InvalidInput', ErrorMessage: 'a required field is missing' }];
      });
      const success = findings.length - failed.length;
      return json(200, { FailedCount: failed.length, SuccessCount: success, FailedFindings: failed });
    },
    refuse,
  };
}

function refuse({ status, code, message }: AwsError): AwsAnswer {
  return {
    ...json(status, { Message: message, Code: code }),
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
  };
}

function json(status: number, body: object): AwsAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
