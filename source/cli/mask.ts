import { type EventBody, maskText, type Problem, type Secret } from '../model/index.ts';

/** What servers say may repeat a secret back: it is masked before any face or file sees it. */
export function maskEvent(event: EventBody, secrets: readonly Secret[]): EventBody {
  const mask = (problem: Problem): Problem =>
    problem.detail === undefined
      ? problem
      : { ...problem, detail: maskText(problem.detail, secrets) };
  switch (event.type) {
    case 'progress':
      return typeof event.text === 'string'
        ? { ...event, text: maskText(event.text, secrets) }
        : event;
    case 'problem':
      return { ...event, problem: mask(event.problem) };
    case 'check':
      return event.problem ? { ...event, problem: mask(event.problem) } : event;
    default:
      return event;
  }
}
