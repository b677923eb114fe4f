import type { Report } from '../../judge/report';

/** An S3 address of the history: bucket, then key. Only this form is safe in a link. */
const S3 = /^s3:\/\/([a-z0-9.-]{3,63})\/([A-Za-z0-9!_.*'()/%-]{1,700})$/;
const REGION = /^[a-z]{2}(-[a-z]+){1,3}-\d$/;

interface FullReport {
  /** Where the report is: an S3 address, or a path. */
  readonly address: string;
  /**
   * The console page on which a reader of the bucket opens it. Never a presigned URL: a message has more readers than the
   * bucket, and it is kept longer.
   */
  readonly link: string | undefined;
}

/** Where the full report of a run is; `undefined` if it was not kept. */
export function fullReportOf({ places }: Report, region: string | undefined): FullReport | undefined {
  return places === null ? undefined : { address: places.html, link: consoleLink(places.html, region) };
}

/**
 * Whether a text is an S3 address or a path that can be printed unbroken on a separate line, so that it can be copied.
 */
export function isPlain(address: string): boolean {
  return S3.test(address) || /^[A-Za-z0-9_./~-][A-Za-z0-9_./~ %-]{0,500}$/.test(address);
}

/** The S3 console's page of one object. */
export function consoleLink(address: string, region: string | undefined): string | undefined {
  const [, bucket, key] = S3.exec(address) ?? [];
  const console = consoleOf(region);
  if (bucket === undefined || key === undefined || console === undefined) return undefined;
  const prefix = encodeURIComponent(key)
    .replaceAll('%2F', '/')
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${console}/s3/object/${bucket}?prefix=${prefix}`;
}

/** CloudWatch's page of one dashboard. */
export function dashboardLink(name: string, region: string): string | undefined {
  const console = consoleOf(region);
  return console && `${console}/cloudwatch/home?region=${region}#dashboards:name=${name}`;
}

/** Each AWS partition has a separate console domain. The domains of the isolated partitions are unknown to us. */
function consoleOf(region: string | undefined): string | undefined {
  if (region === undefined || !REGION.test(region) || /^(us|eu)-iso/.test(region)) return undefined;
  if (region.startsWith('cn-')) return `https://${region}.console.amazonaws.cn`;
  return `https://${region}.${region.startsWith('us-gov-') ? 'console.amazonaws-us-gov.com' : 'console.aws.amazon.com'}`;
}
