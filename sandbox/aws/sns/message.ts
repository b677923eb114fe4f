import { isObject, parseJson } from '../../json';

export interface PublishedMessage {
  readonly topicArn: string;
  readonly subject: string | undefined;
  readonly message: string;
  readonly attributes: { readonly [name: string]: { readonly type: string; readonly value: string } };
  readonly messageStructure: string | undefined;
}

/** docs.aws.amazon.com/sns Publish: "256 KB", body and attributes together. */
const LARGEST = 262144;
/** docs.aws.amazon.com/sns Publish, Subject: ASCII, no line breaks or control characters, up to 100 characters. */
const SUBJECT = /^[\x21-\x7e][\x20-\x7e]{0,99}$/;

/** The message in the form of a `Publish`. */
export function readMessage(form: URLSearchParams): PublishedMessage {
  return {
    topicArn: form.get('TopicArn') ?? form.get('TargetArn') ?? '',
    subject: form.get('Subject') ?? undefined,
    message: form.get('Message') ?? '',
    attributes: readAttributes(form),
    messageStructure: form.get('MessageStructure') ?? undefined,
  };
}

/** The reason for which SNS refuses a message. */
export function findProblem({ message, subject, attributes, messageStructure }: PublishedMessage): string | undefined {
  if (message === '') return 'Empty message';
  if (subject !== undefined && !SUBJECT.test(subject)) return 'Subject';
  let size = Buffer.byteLength(message);
  for (const [name, { type, value }] of Object.entries(attributes)) {
    if (!/^[A-Za-z0-9_.-]{1,256}$/.test(name)) return `Message attribute name '${name}' is invalid`;
    if (!/^(String|Number|Binary|String\.Array)(\..+)?$/.test(type))
      return `The message attribute '${name}' has an invalid message attribute type`;
    if (value === '') return `The message attribute '${name}' must contain a non-empty value`;
    if (type === 'Number' && !Number.isFinite(Number(value)))
      return `Could not cast message attribute '${name}' value to number`;
    size += Buffer.byteLength(name) + Buffer.byteLength(type) + Buffer.byteLength(value);
  }
  if (size > LARGEST) return 'Message too long';
  if (messageStructure === undefined) return undefined;
  const parsed = parseJson(message);
  if (messageStructure !== 'json' || !parsed.ok || !isObject(parsed.value))
    return 'Message Structure - JSON message body failed to parse';
  return typeof parsed.value.default === 'string'
    ? undefined
    : 'Message Structure - No default entry in JSON message body';
}

function readAttributes(form: URLSearchParams): PublishedMessage['attributes'] {
  const attributes: { [name: string]: { type: string; value: string } } = {};
  for (let i = 1; form.has(`MessageAttributes.entry.${i}.Name`); i++) {
    const prefix = `MessageAttributes.entry.${i}`;
    attributes[form.get(`${prefix}.Name`) ?? ''] = {
      type: form.get(`${prefix}.Value.DataType`) ?? '',
      value: form.get(`${prefix}.Value.StringValue`) ?? form.get(`${prefix}.Value.BinaryValue`) ?? '',
    };
  }
  return attributes;
}
