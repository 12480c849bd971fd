import { configurationsOf, type Configuration } from '../coverage/flow-log-findings/configuration.ts';
import type { Template } from '../template/model.ts';
import { rootScope } from '../template/scope.ts';

/**
 * Remembers what a function finds out about a template, which every finding's fixes ask for again. A template
 * never changes what it says; where an edit moves it, the nodes that it is made of move along, so what is
 * remembered may hold nodes, but no offsets.
 */
export function oncePerTemplate<T>(find: (template: Template) => T): (template: Template) => T {
  const known = new WeakMap<Template, { readonly found: T }>();
  return (template) => {
    const before = known.get(template);
    if (before !== undefined) return before.found;
    const found = find(template);
    known.set(template, { found });
    return found;
  };
}

/** The same for what depends on more than the template, such as a condition. */
export function oncePerCase<Case extends readonly (string | undefined)[], T>(
  find: (template: Template, ...given: Case) => T,
): (template: Template, ...given: Case) => T {
  const knownIn = oncePerTemplate(() => new Map<string, { readonly found: T }>());
  return (template, ...given) => {
    const known = knownIn(template);
    const key = JSON.stringify(given);
    const result = known.get(key) ?? { found: find(template, ...given) };
    known.set(key, result);
    return result.found;
  };
}

/** What the flow logs of a template on its own are configured to do. */
export const configurationsIn: (template: Template) => readonly Configuration[] = oncePerTemplate(
  (template) => configurationsOf(rootScope(template)),
);
