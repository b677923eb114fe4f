import type { AwsProduct } from './product';
import { createQueryProtocol } from './query-protocol';
import { escapeXml } from './xml';

const VERSION = '2011-06-15';
const { operationOf, succeed, refuse } = createQueryProtocol(VERSION, `https://sts.amazonaws.com/doc/${VERSION}/`);

/**
 * STS with `GetCallerIdentity` (docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html): the signer of the
 * call. Without an ARN every call is refused; *unconfirmed*, because the reference documents no policy that could refuse it.
 */
export function createIdentity(arn: string | undefined): AwsProduct {
  return {
    operationOf,
    answer(operation) {
      if (operation !== 'GetCallerIdentity') {
        return refuse({ status: 400, code: 'InvalidAction', message: `not emulated: ${operation}` });
      }
      if (arn === undefined) return refuse({ status: 403, code: 'AccessDenied', message: 'Access denied' });
      const account = arn.split(':')[4] ?? '';
      const fields = { Arn: arn, UserId: 'AIDAMADEUP', Account: account };
      const elements = Object.entries(fields).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
      return succeed(operation, elements.join(''));
    },
    refuse,
  };
}
