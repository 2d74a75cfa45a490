import test from 'ava';
import { maskContent, revealContent, Secret } from '../../source/model/index.ts';
import { renderAsset, renderFile } from '../../source/stages/render.ts';

const session = { name: 'iam-prod', id: 'x' };

test('placeholders are replaced, and a secret stays one', (t) => {
  const password = new Secret('database password', 'hunter22');
  const text = 'bind {{address}}\npass "{{password}}"\n';
  const rendered = renderAsset(text, { address: '10.0.4.20', password }, 'en');
  t.is(revealContent(rendered), 'bind 10.0.4.20\npass "hunter22"\n');
  t.false(maskContent(rendered).includes('hunter22'));
  t.is(rendered.length, 3);
});

test('comments are in the operator’s language, alone or behind a directive', (t) => {
  const text = '#| the port is {{port}} | 端口是 {{port}}\nport {{port}} #| open | 开放\n';
  t.is(revealContent(renderAsset(text, { port: 80 }, 'en')), '# the port is 80\nport 80 # open\n');
  t.is(revealContent(renderAsset(text, { port: 80 }, 'zh')), '# 端口是 80\nport 80 # 开放\n');
});

test('another comment prefix leaves the hash alone', (t) => {
  const rendered = renderAsset('!| yes | 是\n#| no | 否\n', {}, 'en', { comment: '!' });
  t.is(revealContent(rendered), '! yes\n#| no | 否\n');
});

test('a line of nothing but an empty placeholder vanishes', (t) => {
  t.is(revealContent(renderAsset('a\n{{more}}\n\nb{{more}}\n', { more: '' }, 'en')), 'a\n\nb\n');
  t.is(revealContent(renderAsset('a\n{{more}}\n', { more: 'x\ny' }, 'en')), 'a\nx\ny\n');
});

test('a value with braces is not a template', (t) => {
  t.is(revealContent(renderAsset('{{a}}\n', { a: '{{b}}' }, 'en')), '{{b}}\n');
});

test('a missing value, an unused one and a comment in one language are mistakes', (t) => {
  t.throws(() => renderAsset('{{a}}', {}, 'en'), { message: /no value for \{\{a\}\}/ });
  t.throws(() => renderAsset('a', { b: '1' }, 'en'), { message: /no placeholder for b/ });
  t.throws(() => renderAsset('#| only english\n', {}, 'en'), { message: /not two languages/ });
});

test('a file says who manages it, after the shebang if it has one', (t) => {
  const asset = (path: string): string => (path === 's' ? '#!/bin/sh\ntrue\n' : 'a = {{v}}\n');
  const script = revealContent(renderFile({ asset, session, language: 'en' }, 's'));
  t.regex(script, /^#!\/bin\/sh\n# Managed by iam-ha-wizard \(session iam-prod\)\..*\ntrue\n$/);
  const file = renderFile({ asset, session, language: 'zh' }, 'f', { v: 1 }, { comment: '!' });
  t.regex(revealContent(file), /^! 由 iam-ha-wizard 管理（会话 iam-prod）.*\na = 1\n$/);
});
