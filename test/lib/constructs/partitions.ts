import { RegionInfo } from 'aws-cdk-lib/region-info';
import { partitionOf, REGION } from '../../../lib/environment/partitions';

// Compared with the table of the CDK, which contains every region.
test.each(RegionInfo.regions.map(({ name, partition }) => [name, partition]))(
  'the region %s is in the partition %s',
  (name, partition) => {
    expect(name).toMatch(REGION);
    expect(partitionOf(name)).toBe(partition);
  },
);
