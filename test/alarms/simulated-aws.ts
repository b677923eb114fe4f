import type { MetricName } from '../../lambda/metrics';
import { MINUTE } from '../../lib/environment/cron';
import type { DataPoint, MetricData, MetricId } from './cloudwatch/metric-data';
import type { Conditions } from './conditions';
import type { Deployed } from './deployed';
import { takes } from './topics';

/** A message that the function published to a topic. */
export interface Message {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly topic: string;
  readonly text: string;
}

/** The parts of AWS that the simulated function and services use. */
export interface SimulatedAws {
  readonly deployed: Deployed;
  readonly conditionsAt: (time: number) => Conditions;
  readonly data: MetricData;
  readonly messages: readonly Message[];
  /** `arrives`: the time from which CloudWatch has the point. */
  send(metric: MetricId, value: number, at: number, arrives?: number): void;
  /** Prints metrics of the function, which are lines of its log. */
  print(name: MetricName, value: number, at: number): void;
  /** Returns false if the topic refuses the message. */
  publish(topic: string, text: string, at: number): boolean;
}

/** *Unconfirmed*: AWS documents only that points arrive within some minutes. */
const ARRIVES_AFTER = MINUTE;

export function createSimulatedAws(deployed: Deployed, conditionsAt: (time: number) => Conditions): SimulatedAws {
  const data = new Map<MetricId, DataPoint[]>();
  const messages: Message[] = [];
  const aws: SimulatedAws = {
    deployed,
    conditionsAt,
    data,
    messages,
    send(metric, value, at, arrives = at + ARRIVES_AFTER) {
      data.set(metric, [...(data.get(metric) ?? []), { at: Math.floor(at / MINUTE) * MINUTE, arrives, value }]);
    },
    print(name, value, at) {
      if (conditionsAt(at).log === 'there') aws.send(deployed.metrics.own(name), value, at);
    },
    publish(topic, text, at) {
      const conditions = conditionsAt(at);
      if (!takes(topic, 'the function', deployed, conditions)) return false;
      messages.push({ at, topic, text });
      const { unreachable } = conditions;
      if (topic === deployed.alerts && unreachable !== null) {
        aws.send(deployed.metrics.ofAlerts('NumberOfNotificationsFailed'), 1, at);
      }
      return true;
    },
  };
  return aws;
}
