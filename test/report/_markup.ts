/** An element as it was written; `text` is its own text, entities and all. */
export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  text: string;
}

const TOKEN = /<!doctype html>|<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const ENTITY = /^(?:[^&]|&(?:amp|lt|gt|quot|#39);)*$/;

/**
 * Reads what is as strict as XML, and throws at anything that is not: a tag that is not closed, an
 * attribute without quotes, a `<` or `&` that was not escaped. `style` may hold what CSS needs.
 */
export function parseMarkup(markup: string): Node {
  const root: Node = { name: '', attributes: {}, children: [], text: '' };
  const open: Node[] = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < markup.length) {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(markup);
    if (!found) throw new Error(`not markup at ${from}: ${markup.slice(from, from + 80)}`);
    const [, closes, name, attributes = '', empty, text] = found;
    const parent = open.at(-1)!;
    if (text !== undefined) {
      if (parent.name !== 'style' && !ENTITY.test(text)) throw new Error(`not escaped: ${text}`);
      parent.text += text;
    } else if (closes) {
      if (parent.name !== name) throw new Error(`</${name}> closes <${parent.name}>`);
      open.pop();
    } else if (name) {
      const node = { name, attributes: attributesOf(attributes), children: [], text: '' };
      parent.children.push(node);
      if (!empty) open.push(node);
    }
  }
  if (open.length > 1) throw new Error(`<${open.at(-1)!.name}> is not closed`);
  return root;
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => {
    if (!ENTITY.test(value!)) throw new Error(`not escaped: ${value}`);
    return [key!, value!] as const;
  });
  const names = pairs.map(([key]) => key);
  if (new Set(names).size < names.length) throw new Error(`twice: ${names.join(' ')}`);
  return Object.fromEntries(pairs);
}

export function all(node: Node): readonly Node[] {
  return node.children.flatMap((child) => [child, ...all(child)]);
}

export function named(node: Node, name: string): readonly Node[] {
  return all(node).filter((one) => one.name === name);
}

/** The SVGs of a page, as they stand there. */
export function svgsOf(html: string): readonly string[] {
  return html.match(/<svg[\s\S]*?<\/svg>/g) ?? [];
}
