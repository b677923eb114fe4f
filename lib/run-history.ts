import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { addressOf } from '../lambda/tenant-address';

/** A year and some weeks: last year's run of the same season can still be compared and undone. */
const DEFAULT_RETENTION_DAYS = 400;

/** For how long an overwritten state, and a record that expired, can still be got back by a person. */
const NONCURRENT_DAYS = 30;

export interface RunHistoryProps {
  /** The domain under which the tenant is reached; runs name their folder after it. */
  readonly domain: string;

  /**
   * Days for which the record of a run is kept.
   * @default 400
   */
  readonly retentionDays?: number | undefined;
}

/** Where runs leave what they changed, so that it can be undone, and what the next run has to know. */
export class RunHistory extends Construct {
  readonly bucket: Bucket;
  /** Of this tenant, in the bucket. */
  readonly folder: string;

  constructor(scope: Construct, id: string, props: RunHistoryProps) {
    super(scope, id);
    this.folder = encodeURIComponent(addressOf(props.domain).host);

    this.bucket = new Bucket(this, 'Bucket', {
      // Records hold names and three-valued settings, no secret, and must stay readable when the stack and its key are
      // gone: that is why a key of ours does not encrypt them.
      encryption: BucketEncryption.S3_MANAGED,
      versioned: true,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          id: 'RunRecords',
          // The records alone: `state.json` and `lease.json` lie beside this folder, and must never expire.
          prefix: `${this.folder}/runs/`,
          expiration: Duration.days(props.retentionDays ?? DEFAULT_RETENTION_DAYS),
        },
        { id: 'NoncurrentVersions', noncurrentVersionExpiration: Duration.days(NONCURRENT_DAYS) },
      ],
    });
  }

  /** Lets a role read and write what this tenant's runs leave, and delete nothing. */
  grantUse({ grantPrincipal: role }: IGrantable): void {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:GetObject', 's3:PutObject'],
        resources: [this.bucket.arnForObjects(`${this.folder}/*`)],
      }),
    );
    // Without it S3 answers AccessDenied for a key that is not there, and a first run could not tell that from a
    // refusal (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html, "Permissions"). A condition on
    // the prefix would not be met: the request for an object has none.
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }));
  }
}
