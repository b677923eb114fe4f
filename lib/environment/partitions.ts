/** The form of an account id. */
export const ACCOUNT = /^\d{12}$/;

/** The form of the name of a region: `eu-central-1`, `us-gov-west-1`, `eusc-de-east-1`. */
export const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d$/;

/**
 * The partition of each region by the beginning of its name. All other regions are in `aws`. A test compares this table with
 * the table of the CDK (`aws-cdk-lib/region-info`). A partition has separate accounts, endpoints and ARNs:
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
