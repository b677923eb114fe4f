/** What an account id looks like. */
export const ACCOUNT = /^\d{12}$/;

/** What the name of a region looks like: `eu-central-1`, `us-gov-west-1`, `eusc-de-east-1`. */
export const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d$/;

/**
 * The partition of each region by the beginning of its name, as the CDK has it (`aws-cdk-lib/region-info`, with which a
 * test compares it); every other region is in `aws`. A partition has accounts, endpoints and ARNs of its own:
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
const PARTITIONS = {
  'cn-': 'aws-cn',
  'us-gov-': 'aws-us-gov',
  'us-iso-': 'aws-iso',
  'us-isob-': 'aws-iso-b',
  'eu-isoe-': 'aws-iso-e',
  'us-isof-': 'aws-iso-f',
  'eusc-': 'aws-eusc',
} as const;

export function partitionOf(region: string): string {
  const found = Object.entries(PARTITIONS).find(([beginning]) => region.startsWith(beginning));
  return found?.[1] ?? 'aws';
}
