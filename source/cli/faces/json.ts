import type { EngineEvent, Message, Problem } from '../../model/index.ts';
import { type Language, renderMessage, renderProblem, sanitize } from '../../text/index.ts';
import type { Face } from './face.ts';

/** A problem as the contract has it: rendered, with its place. */
function problemFields(problem: Problem, language: Language) {
  const { code, node, file, line, field, detail } = problem;
  const place = { node, file, line, field };
  const said = detail === undefined ? {} : { detail: sanitize(detail) };
  return { code, ...renderProblem(problem, language), ...place, ...said };
}

function textOf(text: Message | string, language: Language): string {
  return typeof text === 'string' ? sanitize(text) : renderMessage(text, language);
}

type Body = Readonly<Record<string, unknown>>;

function checkFields(event: Extract<EngineEvent, { type: 'check' }>, language: Language): Body {
  const { type, at, stage, id, verdict, code, params, because, title, problem } = event;
  // The node to be mended is the problem's, where it names one.
  const node = problem?.node ?? event.node;
  const summary = problem
    ? renderProblem(problem, language).title
    : renderMessage(params ? { code, params } : { code }, language);
  const claim = renderMessage(title, language);
  const told = problem && problemFields(problem, language);
  return {
    type,
    at,
    stage,
    id,
    node,
    verdict,
    code,
    title: claim,
    summary,
    because,
    problem: told,
  };
}

function body(event: EngineEvent, language: Language): Body {
  switch (event.type) {
    case 'change': {
      const summary = renderMessage(event.summary, language);
      return {
        ...event,
        summary,
        diff: event.diff === undefined ? undefined : sanitize(event.diff),
      };
    }
    case 'progress': {
      const code = typeof event.text === 'string' ? undefined : event.text.code;
      return { ...event, code, text: textOf(event.text, language) };
    }
    case 'check':
      return checkFields(event, language);
    case 'drill':
      return { ...event, problems: event.problems.map((one) => problemFields(one, language)) };
    case 'problem':
      return { type: event.type, at: event.at, ...problemFields(event.problem, language) };
    default:
      return { ...event };
  }
}

/** One event as a line of JSON Lines, without the line break. Fields that are absent are left out. */
export function jsonLine(event: EngineEvent, language: Language): string {
  return JSON.stringify(body(event, language));
}

/** The face for programs: one event a line, and nothing else. */
export function createJsonFace(write: (text: string) => void, language: Language): Face {
  return {
    show: (event) => {
      // for pictures, ten a second: the drill's own event says what came of it
      if (event.type !== 'drill-live') write(`${jsonLine(event, language)}\n`);
    },
    settle: () => {},
  };
}
