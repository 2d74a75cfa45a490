/*
 * beginJourney(before) -> Journey
 * next(journey) -> Step                       what to ask, look at or review now
 * answered(journey, id, answer) -> Journey    after question.check(answer) gave null
 * looked(journey, look, found) -> Journey     after a look
 * questionFor(journey, id) -> Question        to change a row of the review
 * clusterFileOf(journey, language) -> string  the commented YAML
 * variablesOf(journey) -> names               to be set before a plan
 */
export { answersOf } from './before.ts';
export { clusterFileOf, variablesOf } from './file.ts';
export { answered, beginJourney, looked, next, questionFor } from './journey.ts';
export { placeNodes, vipCandidates } from './places.ts';
export type * from './types.ts';
