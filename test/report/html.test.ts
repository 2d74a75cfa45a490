import test from 'ava';
import { type ReportCluster, renderReport } from '../../source/report/index.ts';
import { all, named, parseMarkup, svgsOf } from './_markup.ts';
import { cluster, drilled, reportOf, trace, view } from './_sample.ts';

const started = {
  type: 'run-started',
  command: 'apply',
  pid: 1,
  host: 'h',
  user: 'u',
  token: 't',
} as const;
const changed = (resource: string, diff: string) => ({
  type: 'intent' as const,
  change: 'c',
  stage: 'keepalived',
  node: 'iam-1',
  resource,
  parts: [{ resource, summary: { code: 'x' }, effect: 'reload' as const, diff }],
  undo: [],
});

const whole = reportOf([
  started,
  changed('file:/etc/x', '--- a/x\n+++ b/x\n@@ -1,1 +1,1 @@\n-old\n+new\n'),
  { type: 'outcome', change: 'c', state: 'done' },
  {
    type: 'checked',
    stage: 'keepalived',
    id: 'vip-held',
    node: 'iam-1',
    verdict: 'passed',
    reason: { code: 'x' },
  },
  drilled(),
  drilled({ run: 2, views: [view({ outageMs: 60 })] }),
  drilled({ drill: 'nginx-recovers', phases: {} }),
]);
const html = renderReport(whole, 'en', 'html');

test('one file that needs nothing else, and in which nothing can run', (t) => {
  t.notRegex(html, /<script|<link|<iframe|<img|@import|url\(|\son\w+=|javascript:/i);
  const elsewhere = [...html.matchAll(/https?:\/\/[^"'\s<]+/g)].map(([address]) => address);
  t.deepEqual([...new Set(elsewhere)], ['http://www.w3.org/2000/svg']);
  t.regex(html, /Content-Security-Policy" content="default-src &#39;none&#39;/);
});

test('the page is well formed; ids are there once, and every link leads to one', (t) => {
  const nodes = all(parseMarkup(html));
  const ids = nodes.flatMap(({ attributes }) => attributes.id ?? []);
  t.is(new Set(ids).size, ids.length);
  const links = nodes.flatMap(({ attributes }) => attributes.href ?? []);
  t.true(links.length >= 10);
  for (const link of links) t.true(ids.includes(link.slice(1)), link);
  const labels = nodes.flatMap(({ attributes }) => attributes['aria-labelledby']?.split(' ') ?? []);
  for (const label of labels) t.true(ids.includes(label), label);
});

test('tables have captions, column and row headings; pictures a title and the same in words', (t) => {
  const page = parseMarkup(html);
  const tables = named(page, 'table');
  t.true(tables.length >= 8);
  for (const table of tables) {
    t.is(named(table, 'caption').length, 1);
    for (const head of named(table, 'th')) t.regex(head.attributes.scope ?? '', /^(?:row|col)$/);
    const widths = named(table, 'tr').map(({ children }) => children.length);
    t.is(new Set(widths).size, 1, `rows of ${widths.join(', ')} cells`);
  }
  const pictures = named(page, 'svg');
  // the topology, and one a drill
  t.is(pictures.length, 4);
  for (const picture of pictures) {
    t.is(picture.attributes.role, 'img');
    t.regex(named(picture, 'title')[0]?.text ?? '', /\w/);
    t.regex(named(picture, 'desc')[0]?.text ?? '', /\w/);
  }
});

test('headings go down one step at a time', (t) => {
  const levels = all(parseMarkup(html)).flatMap(({ name }) => /^h(\d)$/.exec(name)?.[1] ?? []);
  t.is(levels.filter((level) => level === '1').length, 1);
  levels.forEach((level, at) => {
    t.true(Number(level) <= Number(levels[at - 1] ?? 0) + 1);
  });
});

test('it says what the Markdown says', (t) => {
  for (const language of ['en', 'zh'] as const) {
    const page = renderReport(whole, language, 'html');
    const markdown = renderReport(whole, language, 'markdown');
    const headings = [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, text]) =>
      text!.replaceAll('\\', ''),
    );
    const own = headings.filter((text) => !/^The changes as diffs|^各项变更|^iam-1 {2}/.test(text));
    for (const heading of own) t.true(page.includes(`>${heading}</h`), heading);
    const rows = markdown.split('\n').filter((line) => /^\| (?!---)/.test(line)).length;
    t.is((page.match(/<tr>/g) ?? []).length, rows);
  }
});

test('a drill without a trace is told without a picture, and says so', (t) => {
  const { trace: _, phases: __, ...old } = drilled();
  const page = renderReport(reportOf([old]), 'en', 'html');
  t.is(svgsOf(page).length, 1);
  t.regex(page, /There is no picture/);
});

test('how it came out is told by a sign and words, never by colour alone', (t) => {
  t.regex(html, /<span class="good">✔\u00a0as expected<\/span>/);
  const bad = renderReport(reportOf([drilled({ outcome: 'failed' })]), 'en', 'html');
  t.regex(bad, /<span class="bad">✘\u00a0NOT as expected<\/span>/);
  t.regex(bad, /<p class="verdict bad">✘\u00a0It does NOT hold/);
});

test('a diff is in the page, line by line', (t) => {
  t.regex(html, /<summary><code>iam-1 {2}file:\/etc\/x<\/code><\/summary>/);
  t.regex(html, /<span class="del">-old<\/span><span class="add">\+new<\/span>/);
});

const EVIL = `"><script>alert('x')</script><svg onload=alert(1)> & ]]> \u001b[31m\u202e\ufffe`;

test('hostile words of servers and files are text, wherever they turn up', (t) => {
  const hostile: ReportCluster = {
    ...cluster,
    name: EVIL,
    nodes: cluster.nodes.map((node) => ({ ...node, name: `${node.name}${EVIL}`, address: EVIL })),
    domains: { api: EVIL, authz: `x${EVIL}` },
    iam: EVIL,
    databases: [{ name: EVIL, where: EVIL }],
  };
  const evilTrace = {
    ...trace,
    victim: EVIL,
    nodes: trace.nodes.map((node) => ({
      ...node,
      name: EVIL,
      states: [
        [-5, EVIL as 'MASTER'],
        [9, EVIL as 'MASTER'],
      ] as const,
    })),
    lanes: trace.lanes.map((lane) => ({
      ...lane,
      domain: EVIL,
      vantage: EVIL,
      backend: EVIL,
      runs: `9o${EVIL}9f`,
    })),
  };
  const data = reportOf(
    [
      { ...started, command: EVIL },
      { ...changed(EVIL, `--- ${EVIL}\n+${EVIL}\n`), stage: EVIL, node: EVIL },
      {
        type: 'checked',
        stage: EVIL,
        id: EVIL,
        node: EVIL,
        verdict: EVIL,
        reason: { code: EVIL, params: { a: EVIL } },
      },
      drilled({
        drill: EVIL,
        holderBefore: EVIL,
        views: [
          view({ vantage: EVIL, target: EVIL, domain: EVIL, backend: EVIL }),
          view({ vantage: EVIL, reasons: { [EVIL]: 1 } }),
        ],
        notifyLines: { [EVIL]: [EVIL] },
        calls: [{ call: EVIL, at: EVIL, expected: EVIL, seen: `${EVIL}!`, works: true }],
        notMeasured: [{ vantage: EVIL, target: EVIL, domain: EVIL, problem: { code: EVIL } }],
        problems: [{ code: EVIL, detail: EVIL }],
        trace: evilTrace,
      }),
    ],
    { cluster: hostile, session: EVIL, at: EVIL, publicAddress: EVIL, drillIds: [`y${EVIL}`] },
  );
  for (const language of ['en', 'zh'] as const) {
    const page = renderReport(data, language, 'html');
    const nodes = all(parseMarkup(page));
    t.false(nodes.some(({ name }) => name === 'script'));
    t.false(
      nodes.some(({ attributes }) => Object.keys(attributes).some((one) => /^on/i.test(one))),
    );
    t.notRegex(page, /[\u001b\u202e\ufffe]/);
    for (const picture of svgsOf(page)) t.notThrows(() => parseMarkup(picture));
    const markdown = renderReport(data, language, 'markdown');
    const outside = markdown.replaceAll(/(`+)[^`]*\1/g, '').replaceAll(/^```[\s\S]*?^```/gm, '');
    t.notRegex(outside, /<script|<svg/);
    t.deepEqual(JSON.parse(renderReport(data, language, 'json')).cluster.name, EVIL);
  }
});
