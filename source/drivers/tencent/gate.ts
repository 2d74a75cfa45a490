import type { Cloud } from './cloud.ts';

/** The same cloud, of which no more than so many things are asked at once: it counts calls a second. */
export function gated(cloud: Cloud, most: number): Cloud {
  const waiting: (() => void)[] = [];
  let busy = 0;
  const enter = async () => {
    if (busy >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy += 1;
  };
  // whoever leaves hands the place on
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
  };
  return {
    ...cloud,
    call: async (...asked) => {
      await enter();
      try {
        return await cloud.call(...asked);
      } finally {
        leave();
      }
    },
  };
}
