import type { AwsError, AwsRequest } from '../product';
import { NO_SUCH_KEY, NOT_IMPLEMENTED } from './answers';
import type { Version } from './bucket';

/**
 * The refusal of a conditional write, if there is one. S3 user guide, conditional writes, for PutObject and
 * CompleteMultipartUpload: If-None-Match accepts only `*`; a condition that is not met is 412; If-Match on a key without an
 * object is 404.
 */
export function refuseCondition({ headers }: AwsRequest, current: Version | undefined): AwsError | undefined {
  const ifNoneMatch = headers['if-none-match'];
  const ifMatch = headers['if-match'];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    return NOT_IMPLEMENTED;
  }
  if (ifMatch !== undefined && current === undefined) return NO_SUCH_KEY;
  const isMet =
    (ifNoneMatch === undefined || current === undefined) &&
    (ifMatch === undefined || ifMatch === '*' || (current !== undefined && unquote(ifMatch) === current.etag));
  if (isMet) return undefined;
  return {
    status: 412,
    code: 'PreconditionFailed',
    message: 'At least one of the pre-conditions you specified did not hold',
  };
}

function unquote(etag: string): string {
  return etag.replaceAll('"', '');
}
