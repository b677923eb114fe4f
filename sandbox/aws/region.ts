import type { AwsRequest } from './product';

/** The account in the made-up ARNs of the sandbox. */
export const ACCOUNT = '000000000000';

/**
 * The region for which a request is signed, from `Credential=KEY/DATE/REGION/SERVICE/aws4_request`
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html); undefined if there is none.
 */
export function signedRegion({ headers }: AwsRequest): string | undefined {
  return /Credential=[^/,]*\/\d{8}\/([^/,]+)\//.exec(headers.authorization ?? '')?.[1];
}

/** `arn:partition:service:REGION:account:...`; undefined for a name. */
export function regionOfArn(arn: string): string | undefined {
  return arn.startsWith('arn:') ? arn.split(':')[3] : undefined;
}

/** Whether a request is for another region than the region of a resource. A resource without a region is in all regions. */
export function isElsewhere(request: AwsRequest, region: string | undefined): boolean {
  const asked = signedRegion(request);
  return region !== undefined && asked !== undefined && asked !== region;
}
