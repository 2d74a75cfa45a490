import { cut } from '../../text/index.ts';
import type { Picture } from '../document.ts';
import { joined, type Markup } from '../markup.ts';
import type { ReportData, ReportNode } from '../report-data.ts';
import type { Words } from '../words.ts';
import { filled, stroked } from './paint.ts';
import { label, line, rect, svg } from './svg.ts';

const BOX = { width: 210, gap: 28, part: 30, head: 46 } as const;
const VIP_TOP = 86;
const NODES_TOP = 176;
const MIDDLE = { 'text-anchor': 'middle' };

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What stands on a node, from the client's side down. */
function partsOf({ roles, data }: ReportNode, databases: readonly string[]): readonly string[] {
  return [
    ...(roles.includes('frontend') ? ['keepalived', 'nginx'] : []),
    ...(roles.includes('backend') ? ['iam-apiserver', 'iam-authz-server', 'iam-pump'] : []),
    ...(data ? databases : []),
  ];
}

/** Clients, the address that moves, the machines with what runs on each, and where the data is. */
export function topologyPicture(data: ReportData, words: Words): Picture {
  const { cluster, addresses } = data;
  const { nodes, databases } = cluster;
  const own = nodes.find((node) => node.data)?.name;
  const local = databases.filter(({ where }) => where === own).map(({ name }) => name);
  const elsewhere = databases.filter(({ where }) => where !== own);
  const parts = nodes.map((node) => partsOf(node, local));
  const nodeHeight = BOX.head + Math.max(1, ...parts.map((all) => all.length)) * BOX.part + 8;
  const width = Math.max(480, nodes.length * (BOX.width + BOX.gap) - BOX.gap);
  const left = (width - (nodes.length * (BOX.width + BOX.gap) - BOX.gap)) / 2;
  const boxes = nodes.map(
    (_, at): Box => ({
      x: left + at * (BOX.width + BOX.gap),
      y: NODES_TOP,
      width: BOX.width,
      height: nodeHeight,
    }),
  );
  const bottom = NODES_TOP + nodeHeight;
  const title = words.say('report-picture-topology');
  const sentences = describe(data, words, parts);
  const content = [
    ...edges(nodes, boxes, width / 2),
    clients(words, width / 2),
    vipBox(words, addresses, width / 2),
    ...nodes.map((node, at) => nodeBox(node, boxes[at]!, parts[at] ?? [])),
    ...(elsewhere.length === 0
      ? []
      : [
          outsideBox(
            elsewhere.map(({ name, where }) => `${name} ${where}`).join(' · '),
            width / 2,
            bottom,
          ),
        ]),
  ];
  const height = bottom + (elsewhere.length === 0 ? 8 : 62);
  return {
    title,
    sentences,
    svg: svg({ id: 'topology', title, sentences, width, height }, ...content),
  };
}

function box({ x, y, width, height }: Box): Markup {
  return rect(
    { x, y, width, height },
    { ...stroked('quiet'), ...filled('box'), class: 'f-box s-quiet', rx: 6 },
  );
}

function clients(words: Words, middle: number): Markup {
  const at = { x: middle - 90, y: 2, width: 180, height: 32 };
  return joined([box(at), label(words.say('report-clients'), { x: middle, y: 23 }, MIDDLE)]);
}

function vipBox(
  words: Words,
  { vip, public: open }: ReportData['addresses'],
  middle: number,
): Markup {
  const at = { x: middle - 150, y: VIP_TOP - 18, width: 300, height: open === undefined ? 36 : 52 };
  return joined([
    rect(at, { ...filled('held'), rx: 18 }),
    ...[
      ...(open === undefined ? [] : [words.say('report-topology-public', { address: open })]),
      words.say('report-topology-vip', { address: vip }),
    ].map((said, row) =>
      label(
        said,
        { x: middle, y: VIP_TOP + 5 + row * 18 },
        { paint: 'paper', 'font-weight': 600, 'text-anchor': 'middle' },
      ),
    ),
  ]);
}

/** To every front end: solid to the first, which has the highest priority; dashed to who takes over. */
function edges(
  nodes: readonly ReportNode[],
  boxes: readonly Box[],
  middle: number,
): readonly Markup[] {
  const fronts = nodes.flatMap(({ roles }, at) => (roles.includes('frontend') ? [boxes[at]!] : []));
  return [
    line({ x1: middle, y1: 34, x2: middle, y2: VIP_TOP - 18 }, stroked('quiet', 2)),
    ...fronts.map(({ x, y, width }, at) =>
      line(
        { x1: middle, y1: VIP_TOP + 18, x2: x + width / 2, y2: y },
        {
          ...stroked('held', 2),
          ...(at > 0 && { 'stroke-dasharray': '6 4' }),
        },
      ),
    ),
  ];
}

function nodeBox({ name, address }: ReportNode, at: Box, parts: readonly string[]): Markup {
  return joined([
    box(at),
    label(cut(name, 24), { x: at.x + 12, y: at.y + 20 }, { 'font-weight': 600 }),
    label(address, { x: at.x + 12, y: at.y + 37 }, { paint: 'quiet' }),
    ...parts.map((part, row) => {
      const y = at.y + BOX.head + row * BOX.part;
      return joined([
        rect(
          { x: at.x + 10, y, width: at.width - 20, height: BOX.part - 6 },
          {
            ...stroked('quiet'),
            rx: 4,
          },
        ),
        label(part, { x: at.x + 20, y: y + 16 }, {}),
      ]);
    }),
  ]);
}

function outsideBox(said: string, middle: number, bottom: number): Markup {
  const at = { x: middle - 220, y: bottom + 20, width: 440, height: 34 };
  return joined([box(at), label(cut(said, 62), { x: middle, y: bottom + 42 }, MIDDLE)]);
}

function describe(
  { cluster, addresses }: ReportData,
  words: Words,
  parts: readonly (readonly string[])[],
): readonly string[] {
  const comma = words.say('report-list-comma');
  return [
    words.say('report-topology-vip', { address: addresses.vip }),
    ...(addresses.public === undefined
      ? []
      : [words.say('report-topology-public', { address: addresses.public })]),
    ...cluster.nodes.map(({ name, address }, at) =>
      words.say('report-topology-node', {
        node: name,
        address,
        parts: (parts[at] ?? []).join(comma),
      }),
    ),
    ...cluster.databases
      .filter(({ where }) => !cluster.nodes.some(({ name }) => name === where))
      .map(({ name, where }) => words.say('report-database-at', { name, where })),
  ];
}
