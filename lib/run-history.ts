import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type IGrantable, type IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { addressOf, historyHostsOf } from '../lambda/tenant-address';

/** A year and some weeks: a run of the same season last year can still be compared and undone. */
const DEFAULT_RETENTION_DAYS = 400;

/** Days for which an operator can still recover an overwritten state or an expired record. */
const NONCURRENT_DAYS = 30;

export interface RunHistoryProps {
  /** The domain at which the tenant is reached. */
  readonly domain: string;

  /**
   * The tenant's own domain, if `domain` is a custom domain. It is the name of the folder of the runs.
   * @default `domain`
   */
  readonly canonicalDomain?: string | undefined;

  /**
   * Days for which the record of a run is kept, in a created bucket.
   * @default 400
   */
  readonly retentionDays?: number | undefined;

  /**
   * The bucket to use. Its owner manages its lifecycle, encryption, versioning and policy.
   * @default a bucket is created, and kept when the stack is deleted
   */
  readonly bucket?: IBucket | undefined;
}

/** The storage of the records of runs, which undo needs, and of the state, which the next run needs. */
export class RunHistory extends Construct {
  readonly bucket: IBucket | Bucket;
  /** The folder of this tenant in the bucket. */
  readonly folder: string;
  /** The folder that runs of version 0.1.0 used, if it is a different folder. */
  readonly formerFolder: string | undefined;

  constructor(scope: Construct, id: string, props: RunHistoryProps) {
    super(scope, id);
    const { tenant, former } = historyHostsOf(addressOf(props.domain), props.canonicalDomain);
    this.folder = encodeURIComponent(tenant);
    this.formerFolder = former === undefined ? undefined : encodeURIComponent(former);
    this.bucket = props.bucket ?? this.createBucket(Duration.days(props.retentionDays ?? DEFAULT_RETENTION_DAYS));
  }

  /**
   * Allows a role to read and write the objects of this tenant, but to delete nothing. A multipart upload needs the
   * permission of PutObject; aborting a failed upload needs a separate permission
   * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html, "Multipart upload API and permissions").
   */
  grantUse({ grantPrincipal: role }: IGrantable): void {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
        resources: [this.bucket.arnForObjects(`${this.folder}/*`)],
      }),
    );
    if (this.formerFolder !== undefined) this.grantFormer(role, this.formerFolder);
    // Without this permission S3 answers AccessDenied for a missing key, and a first run could not distinguish a missing key
    // from a refusal (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html, "Permissions"). A condition on the
    // prefix would never be met: the request for an object has no prefix.
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }));
  }

  /** Objects that the folder of the tenant does not contain are read from the former folder. Only the lease is written there. */
  private grantFormer(role: IPrincipal, folder: string): void {
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['s3:GetObject'], resources: [this.bucket.arnForObjects(`${folder}/*`)] }),
    );
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects(`${folder}/lease.json`)],
      }),
    );
  }

  private createBucket(expiration: Duration): Bucket {
    return new Bucket(this, 'Bucket', {
      // Records contain names and settings with three possible values, but no secret. They must stay readable when the stack
      // and its key are deleted. Therefore no key of the stack encrypts them.
      encryption: BucketEncryption.S3_MANAGED,
      versioned: true,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      lifecycleRules: [
        // Only the records expire. `state.json`, `lease.json` and the folder `policies` are next to this folder, and must
        // never expire. A policy is written one time, regardless of how long runs use it.
        { id: 'RunRecords', prefix: `${this.folder}/runs/`, expiration },
        ...(this.formerFolder === undefined
          ? []
          : [{ id: 'FormerRunRecords', prefix: `${this.formerFolder}/runs/`, expiration }]),
        { id: 'UnfinishedUploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
        { id: 'NoncurrentVersions', noncurrentVersionExpiration: Duration.days(NONCURRENT_DAYS) },
      ],
    });
  }
}
