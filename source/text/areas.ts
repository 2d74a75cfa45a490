import { acceptance } from './catalogue/acceptance.ts';
import { alerts } from './catalogue/alerts.ts';
import { cli } from './catalogue/cli.ts';
import { cloud } from './catalogue/cloud.ts';
import { cloudDesk } from './catalogue/cloud-desk.ts';
import { cloudEngine } from './catalogue/cloud-engine.ts';
import { cloudStages } from './catalogue/cloud-stages.ts';
import { cluster } from './catalogue/cluster.ts';
import { common } from './catalogue/common.ts';
import { data } from './catalogue/data.ts';
import { database } from './catalogue/database.ts';
import { diagnosis } from './catalogue/diagnosis.ts';
import { drillView } from './catalogue/drill-view.ts';
import { drills } from './catalogue/drills.ts';
import { drillsNode } from './catalogue/drills-node.ts';
import { drillsServices } from './catalogue/drills-services.ts';
import { drillsVrrp } from './catalogue/drills-vrrp.ts';
import { engine } from './catalogue/engine.ts';
import { facts } from './catalogue/facts.ts';
import { firewall } from './catalogue/firewall.ts';
import { guide } from './catalogue/guide.ts';
import { iamSource } from './catalogue/iam-source.ts';
import { init } from './catalogue/init.ts';
import { inside } from './catalogue/inside.ts';
import { keepalived } from './catalogue/keepalived.ts';
import { lab } from './catalogue/lab.ts';
import { limits } from './catalogue/limits.ts';
import { mongodb } from './catalogue/mongodb.ts';
import { moveVip } from './catalogue/move-vip.ts';
import { ownSteps } from './catalogue/own-steps.ts';
import { ownPackage } from './catalogue/package.ts';
import { preflight } from './catalogue/preflight.ts';
import { prober } from './catalogue/prober.ts';
import { proxy } from './catalogue/proxy.ts';
import { report } from './catalogue/report.ts';
import { reportPage } from './catalogue/report-page.ts';
import { resources } from './catalogue/resources.ts';
import { runbook } from './catalogue/runbook.ts';
import { scale } from './catalogue/scale.ts';
import { services } from './catalogue/services.ts';
import { ssh } from './catalogue/ssh.ts';
import { tls } from './catalogue/tls.ts';
import { transfer } from './catalogue/transfer.ts';
import { vantageWays } from './catalogue/vantage-ways.ts';
import { views } from './catalogue/views.ts';
import { vrrpChange } from './catalogue/vrrp-change.ts';
import type { CatalogueArea, ProblemText, Text } from './catalogue.ts';

/** Every area of the catalogue, by its file's name. No code may be in two of them. */
export const areas: Readonly<Record<string, CatalogueArea>> = {
  acceptance,
  alerts,
  cli,
  cloud,
  'cloud-desk': cloudDesk,
  'cloud-engine': cloudEngine,
  'cloud-stages': cloudStages,
  cluster,
  common,
  data,
  database,
  diagnosis,
  drills,
  'drill-view': drillView,
  'drills-node': drillsNode,
  'drills-services': drillsServices,
  'drills-vrrp': drillsVrrp,
  engine,
  facts,
  firewall,
  guide,
  'iam-source': iamSource,
  init,
  inside,
  keepalived,
  lab,
  package: ownPackage,
  limits,
  mongodb,
  'move-vip': moveVip,
  'own-steps': ownSteps,
  preflight,
  prober,
  proxy,
  report,
  'report-page': reportPage,
  resources,
  runbook,
  scale,
  services,
  ssh,
  tls,
  transfer,
  'vantage-ways': vantageWays,
  views,
  'vrrp-change': vrrpChange,
};

const all = Object.values(areas);

/** Every message, by code. A Map: no code can be taken for something every object has. */
export const messages: ReadonlyMap<string, Text> = new Map(
  all.flatMap((area) => Object.entries(area.messages)),
);

/** Every problem, by code. */
export const problems: ReadonlyMap<string, ProblemText> = new Map(
  all.flatMap((area) => Object.entries(area.problems)),
);
