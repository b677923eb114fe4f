/** A subscriber of a topic. An unconfirmed subscriber is listed with the ARN `PendingConfirmation`. */
export interface Subscription {
  readonly protocol: string;
  readonly endpoint: string;
  readonly confirmed: boolean;
}

/** A subscription with its ARN. Answers to a client contain the ARN only after the confirmation. */
export interface KnownSubscription extends Subscription {
  readonly arn: string;
}

/** The subscriptions of one topic, in the order of their creation. */
export interface Subscriptions {
  all(): readonly KnownSubscription[];
  /** Adds a pending subscription. Repeated requests with the same protocol and endpoint are one subscription. */
  add(protocol: string, endpoint: string): KnownSubscription;
  /** Opens the link of the confirmation. */
  confirm(endpoint: string): void;
  remove(endpoint: string): void;
  /** The number of removed subscriptions. */
  readonly deleted: number;
}

export function createSubscriptions(topicArn: string, initial: readonly Subscription[]): Subscriptions {
  let made = 0;
  let deleted = 0;
  let known: readonly KnownSubscription[] = initial.map(withArn);

  function withArn({ protocol, endpoint, confirmed }: Subscription): KnownSubscription {
    made += 1;
    return { protocol, endpoint, confirmed, arn: `${topicArn}:${idOf(made)}` };
  }

  /** Throws, because a test with an unknown endpoint has a mistake. */
  function find(endpoint: string): KnownSubscription {
    const found = known.find((each) => each.endpoint === endpoint);
    if (found === undefined) throw new Error(`${endpoint} is not subscribed to ${topicArn}`);
    return found;
  }

  return {
    all: () => known,
    add(protocol, endpoint) {
      const found = known.find((each) => each.protocol === protocol && each.endpoint === endpoint);
      if (found !== undefined) return found;
      const added = withArn({ protocol, endpoint, confirmed: false });
      known = [...known, added];
      return added;
    },
    confirm(endpoint) {
      const { protocol, arn } = find(endpoint);
      known = known.map((each) => (each.arn === arn ? { protocol, endpoint, arn, confirmed: true } : each));
    },
    remove(endpoint) {
      const { arn } = find(endpoint);
      known = known.filter((each) => each.arn !== arn);
      deleted += 1;
    },
    get deleted() {
      return deleted;
    },
  };
}

/** The id at the end of an ARN, or of a message. */
export function idOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
