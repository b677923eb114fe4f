import { RegionInfo } from 'aws-cdk-lib/region-info';
import { partitionOf, REGION } from '../../../lib/environment/partitions';

// With the CDK's own table, which knows every region there is.
test.each(RegionInfo.regions.map(({ name, partition }) => [name, partition]))('%s is in %s', (name, partition) => {
  expect(name).toMatch(REGION);
  expect(partitionOf(name)).toBe(partition);
});
