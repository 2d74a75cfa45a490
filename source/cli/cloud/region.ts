import { type Cluster, whereabouts } from '../../cluster/index.ts';
import { type NodeFacts, OperatorError, problem } from '../../model/index.ts';

type Facts = Iterable<Pick<NodeFacts, 'node' | 'cloud'>>;

/**
 * Where the nodes are: as the cluster file says, else as they say themselves, else as the keys' place
 * or TENCENTCLOUD_REGION says.
 *
 * @throws OperatorError `cd-region-missing`, `cd-region-other`
 */
export function regionFor(cluster: Cluster, facts: Facts, named: string | undefined): string {
  const { cloud } = cluster;
  const written = cloud.provider === 'tencent' ? cloud.region : undefined;
  const said = [...facts].flatMap(({ node, cloud: own }) =>
    own ? [{ node, region: own.region }] : [],
  );
  const region = written ?? said[0]?.region ?? named;
  const where = whereabouts(cluster, written === undefined ? 'cloud' : 'cloud.region');
  if (region === undefined) {
    throw new OperatorError(problem('cd-region-missing', {}, { ...where, field: 'cloud.region' }));
  }
  const other = said.find((one) => one.region !== region);
  if (other) {
    const params = { node: other.node, found: other.region, region };
    throw new OperatorError(problem('cd-region-other', params, { ...where, node: other.node }));
  }
  return region;
}
