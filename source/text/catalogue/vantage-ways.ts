import type { CatalogueArea, Text } from '../catalogue.ts';

const t = (en: string, zh: string): Text => ({ en, zh });

/** How a third machine asked. */
export const vantageWays = {
  messages: {
    'asked-by-node': t(
      'asked from {vantage} by our own program, which its Node ran; its times are right to ±{ms} ms',
      '从 {vantage} 请求：由其 Node 运行我们的程序；时间误差不超过 ±{ms} ms',
    ),
    'asked-by-python3': t(
      'asked from {vantage} by our own program, which its Python ran; its times are right to ±{ms} ms',
      '从 {vantage} 请求：由其 Python 运行我们的程序；时间误差不超过 ±{ms} ms',
    ),
    'asked-by-sshd': t(
      'asked through the sshd of {vantage}: it has no Node (18 or newer) and no Python 3 that could do it there',
      '经 {vantage} 的 sshd 请求：那里没有可用的 Node（18 或更新）或 Python 3',
    ),
  },
  problems: {},
} as const satisfies CatalogueArea;
