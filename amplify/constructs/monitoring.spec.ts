import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { synthesized } from '../../dev/synthesized.ts';
import type { Assembly } from '../../local/assembly/assembly.ts';

interface AlarmProperties {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
  readonly Threshold: number;
  readonly ComparisonOperator: string;
  readonly TreatMissingData: string;
  readonly AlarmActions?: readonly string[];
}

/** A line of the log in CloudWatch's embedded format. */
interface EmbeddedMetric {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
  readonly [value: string]: unknown;
}

let assembly: Assembly;

beforeAll(async () => {
  assembly = await synthesized();
});

const alarms = () =>
  assembly.ofType('AWS::CloudWatch::Alarm').map(({ properties }) => properties as unknown as AlarmProperties);

/** As CloudWatch tells one metric from another. */
const identityOf = (namespace: string, name: string, dimensions: Readonly<Record<string, unknown>>) =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);

describe('what functions count', () => {
  let lines: string[];

  beforeEach(() => {
    lines = [];
    vi.resetModules();
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
    vi.stubEnv('POWERTOOLS_DEV', 'true'); // to the console that a test can listen to
    vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'reconcileBalances');
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  });

  /** The metric that a function writes. */
  async function counted(name: string, dimensions: Readonly<Record<string, string>> = {}): Promise<string> {
    const { count } = await import('../functions/shared/logger.ts');
    count(name, dimensions, 3);
    const { _aws, ...values } = JSON.parse(lines.at(-1) ?? '{}') as EmbeddedMetric;
    const [metric] = _aws.CloudWatchMetrics;
    const names = metric?.Dimensions[0] ?? [];
    expect(metric?.Metrics).toEqual([expect.objectContaining({ Name: name })]);
    return identityOf(
      metric?.Namespace ?? '',
      name,
      Object.fromEntries(names.map((dimension) => [dimension, values[dimension]])),
    );
  }

  it.each([
    ['BalancesDisagree', {}],
    ['RequestsSwept', { result: 'PARKED' }],
    ['DisputesUndecided', {}],
  ])('calls an operator: %s %j', async (name, dimensions) => {
    const written = await counted(name, dimensions);
    const watching = alarms().filter(
      ({ Namespace: namespace = '', MetricName: metric = '', Dimensions: own = [] }) =>
        identityOf(namespace, metric, Object.fromEntries(own.map((each) => [each.Name, each.Value]))) ===
        written,
    );
    expect(watching).toEqual([
      expect.objectContaining({
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'notBreaching',
        AlarmActions: [expect.stringContaining('Alarms')],
      }),
    ]);
  });
});
