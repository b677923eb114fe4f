import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type IGrantable, type IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { addressOf, historyHostsOf } from '../lambda/tenant-address';

/** A year and some weeks: last year's run of the same season can still be compared and undone. */
const DEFAULT_RETENTION_DAYS = 400;

/** For how long an overwritten state, and a record that expired, can still be got back by a person. */
const NONCURRENT_DAYS = 30;

export interface RunHistoryProps {
  /** The domain under which the tenant is reached. */
  readonly domain: string;

  /**
   * The tenant's own domain, where `domain` is a custom one. Runs name their folder after it.
   * @default `domain`
   */
  readonly canonicalDomain?: string | undefined;

  /**
   * Days for which the record of a run is kept, in a created bucket.
   * @default 400
   */
  readonly retentionDays?: number | undefined;

  /**
   * The bucket to use; its lifecycle, encryption, versioning and policy are its owner's matter.
   * @default a bucket is created, and kept when the stack goes
   */
  readonly bucket?: IBucket | undefined;
}

/** Where runs leave what they changed, so that it can be undone, and what the next run has to know. */
export class RunHistory extends Construct {
  readonly bucket: IBucket | Bucket;
  /** Of this tenant, in the bucket. */
  readonly folder: string;
  /** In which runs of version 0.1.0 kept what they left, where that is another. */
  readonly formerFolder: string | undefined;

  constructor(scope: Construct, id: string, props: RunHistoryProps) {
    super(scope, id);
    const { tenant, former } = historyHostsOf(addressOf(props.domain), props.canonicalDomain);
    this.folder = encodeURIComponent(tenant);
    this.formerFolder = former === undefined ? undefined : encodeURIComponent(former);
    this.bucket = props.bucket ?? this.createBucket(Duration.days(props.retentionDays ?? DEFAULT_RETENTION_DAYS));
  }

  /**
   * Lets a role read and write what this tenant's runs leave, and delete nothing. A multipart upload is written with
   * PutObject's permission; one that fails is given up with its own
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
    // Without it S3 answers AccessDenied for a key that is not there, and a first run could not tell that from a
    // refusal (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html, "Permissions"). A condition on
    // the prefix would not be met: the request for an object has none.
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.bucket.bucketArn] }));
  }

  /** What the tenant's own folder lacks is read in the former one; of what lies there, the lease alone is written. */
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
      // Records hold names and three-valued settings, no secret, and must stay readable when the stack and its key are
      // gone: that is why a key of ours does not encrypt them.
      encryption: BucketEncryption.S3_MANAGED,
      versioned: true,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      lifecycleRules: [
        // The records alone: `state.json`, `lease.json` and the folder `policies` lie beside this folder, and must never
        // expire. A policy is written once, however long runs go on with it.
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
