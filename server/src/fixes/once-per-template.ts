import { allConfigurationsOf, type Configuration } from '../coverage/flow-log-findings/configuration.ts';
import { keep } from '../template/kept.ts';
import type { Template } from '../template/model.ts';
import { rootScope } from '../template/scope.ts';

/**
 * Remembers what a function finds out about a template, which every finding's fixes ask for again. Where an edit
 * moves the template, the nodes that it is made of move along, so what is remembered may hold nodes, but no offsets.
 */
export function oncePerTemplate<T>(find: (template: Template) => T): (template: Template) => T {
  return (template) => keep(template, find, () => find(template));
}

/** The same for what depends on more than the template, such as a condition. */
export function oncePerCase<Case extends readonly (string | undefined)[], T>(
  find: (template: Template, ...given: Case) => T,
): (template: Template, ...given: Case) => T {
  return (template, ...given) => {
    const cases = keep(template, find, () => ({}));
    return keep(cases, JSON.stringify(given), () => find(template, ...given));
  };
}

/** What the flow logs of a template on its own are configured to do. */
export const configurationsIn: (template: Template) => readonly Configuration[] = oncePerTemplate(
  (template) => allConfigurationsOf(rootScope(template)),
);
