/**
 * The page's only style. Colours are variables, so that a dark screen has its own and paper has white;
 * a picture's classes (`f-` filled, `s-` stroked) take them over the colours that it brings along.
 */
const LIGHT = {
  paper: '#ffffff',
  ink: '#1c2430',
  quiet: '#5b6675',
  rule: '#d5dae1',
  box: '#f3f5f8',
  held: '#1f6feb',
  ok: '#2f9e5b',
  late: '#b26b00',
  failed: '#cf2f3c',
  band: '#8250df',
  added: '#dcf5e4',
  removed: '#fde2e4',
} as const;

const DARK: Readonly<Record<keyof typeof LIGHT, string>> = {
  paper: '#12161c',
  ink: '#e6eaf0',
  quiet: '#9aa5b3',
  rule: '#333c48',
  box: '#1b212a',
  held: '#6cb0ff',
  ok: '#4cc07c',
  late: '#e8a33a',
  failed: '#ff7b84',
  band: '#b392f0',
  added: '#14351f',
  removed: '#45191d',
};

function variables(colours: Readonly<Record<string, string>>): string {
  return Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');
}

const PAINTED = ['paper', 'ink', 'quiet', 'rule', 'box', 'held', 'ok', 'late', 'failed', 'band'];

const PICTURES = PAINTED.map(
  (name) => `.f-${name}{fill:var(--${name})}.s-${name}{stroke:var(--${name})}`,
).join('');

export const STYLE = `
:root{color-scheme:light dark;${variables(LIGHT)}}
@media (prefers-color-scheme:dark){:root{${variables(DARK)}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;max-width:70rem;padding:1.5rem 1.25rem 4rem;background:var(--paper);color:var(--ink);
font:16px/1.55 system-ui,-apple-system,"Segoe UI","Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1{font-size:1.7rem;line-height:1.25;margin:0 0 1rem}
h2{font-size:1.3rem;margin:2.6rem 0 .8rem;padding-top:.8rem;border-top:1px solid var(--rule)}
h3{font-size:1.05rem;margin:2rem 0 .5rem}
p{margin:.5rem 0}
a{color:var(--held)}
:focus-visible{outline:2px solid var(--held);outline-offset:2px}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.86em}
code{overflow-wrap:anywhere}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1rem;list-style:none;margin:0;padding:0}
nav a{display:inline-block;padding:.15rem 0}
.note{border-left:4px solid var(--late);background:var(--box);padding:.6rem .9rem;margin:.8rem 0;font-weight:600}
.verdict{font-size:1.15rem;font-weight:600;margin:.4rem 0 .8rem}
.good{color:var(--ok)}.bad{color:var(--failed)}.warn{color:var(--late)}.quiet{color:var(--quiet)}
.bad,.warn{font-weight:600}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.2rem;margin:.8rem 0}
dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
.scroll{overflow-x:auto;margin:.7rem 0}
table{border-collapse:collapse;font-size:.9rem;min-width:100%}
caption{text-align:start;color:var(--quiet);padding:.2rem 0 .4rem}
th,td{text-align:start;vertical-align:top;padding:.34rem .7rem .34rem 0;border-bottom:1px solid var(--rule)}
thead th{border-bottom:2px solid var(--quiet);white-space:nowrap}
tbody th{font-weight:400}
td.n,th.n{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}
td code{overflow-wrap:normal}
figure{margin:1rem 0}
figcaption{color:var(--quiet);font-size:.9rem;margin-bottom:.3rem}
figure svg{display:block;max-width:100%;height:auto}
svg.wide{min-width:44rem}
svg text{stroke:none}
${PICTURES}
details{margin:.35rem 0}
summary{cursor:pointer}
pre{overflow:auto;max-height:24rem;background:var(--box);border:1px solid var(--rule);border-radius:6px;padding:.6rem 0;margin:.4rem 0;line-height:1.4}
pre span{display:block;padding:0 .8rem;white-space:pre}
pre .add{background:var(--added)}pre .del{background:var(--removed)}pre .at{color:var(--quiet)}
@media (max-width:40rem){body{padding:1rem .9rem 3rem;font-size:15px}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}
td code{overflow-wrap:anywhere}.scroll table{min-width:34rem}}
@media print{:root{${variables(LIGHT)}}
body{max-width:none;padding:0;font-size:10pt}nav{display:none}a{color:inherit}
h2,h3,caption,figcaption{break-after:avoid}tr,figure,.note{break-inside:avoid}thead{display:table-header-group}
.scroll,pre{overflow:visible;max-height:none}pre span{white-space:pre-wrap;overflow-wrap:anywhere}
table{font-size:8.5pt}td code{overflow-wrap:anywhere}svg.wide{min-width:0;width:100%}
details::details-content{content-visibility:visible;display:block;height:auto}
.add,.del,.f-held,.f-ok,.f-late,.f-failed{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`.trim();
