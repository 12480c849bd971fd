import { t } from '@vscode/l10n';
import { intrinsicCall } from '../../template/intrinsics.ts';
import { isResourcePath } from './anatomy.ts';
import { customaryPlace, neighbourhood } from './arrangement.ts';
import type { Change } from './changes.ts';
import { collectionOf, hasOwn, spanOfTokens, type Collection } from './collections.ts';
import { isLoneByCustom } from './expected-data.ts';
import { joinAppends, joinFields } from './join-changes.ts';
import { isEmpty, resolve, type Place, type Slot } from './resolve.ts';
import type { Assignment, Insertion, Operation, Removal } from './operations.ts';
import type { Fields, List, Text, Value } from './values.ts';
import { verbatim } from './values.ts';
import { refused, type Path, type Refused, type WrittenTemplate } from './written-template.ts';

/** What is to be written for some changes, those that concern the same text taken together. */
export function planChanges(
  template: WrittenTemplate,
  changes: readonly Change[],
): readonly Operation[] | Refused {
  const planner = new Planner(template);
  for (const change of joinAppends(changes)) {
    const problem = planner.plan(change);
    if (problem !== undefined) return problem;
  }
  return planner.operations();
}

class Planner {
  readonly #template: WrittenTemplate;
  readonly #insertions = new Map<string, Insertion>();
  readonly #assignments = new Map<string, Assignment>();
  readonly #removals = new Map<string, Removal & { readonly indices: Set<number> }>();
  readonly #others: Operation[] = [];

  constructor(template: WrittenTemplate) {
    this.#template = template;
  }

  plan(change: Change): Refused | undefined {
    switch (change.kind) {
      case 'add-resources':
        return this.#addResources(change.beside, change.side ?? 'after', change.resources);
      case 'add-entries':
        return this.#addAll(change.to, change.entries);
      case 'set':
        return this.#set(change.at, change.value);
      case 'replace-entry':
        return this.#replace(change.at, change.name, change.value);
      case 'append':
        return this.#append(change.to, change.items);
      case 'remove':
        return this.#remove(change.at);
      case 'comment':
        return this.#comment(change.above, change.text);
    }
  }

  operations(): readonly Operation[] {
    this.#replaceLastMembers();
    return [
      ...this.#insertions.values(),
      ...this.#assignments.values(),
      ...this.#removals.values(),
      ...this.#others,
    ];
  }

  #addResources(beside: Path, side: 'after' | 'before', resources: Fields): Refused | undefined {
    const place = this.#existing(beside);
    if (place.kind === 'refused') return place;
    const { slot } = place;
    if (slot === undefined || !isResourcePath(beside))
      return refused(t('There is no resource to stand beside.'));
    const { members } = slot.collection;
    for (const [name, value] of Object.entries(resources)) {
      if (members.some((member) => member.name === name)) return refused(t('{0} is already there.', name));
      const problem =
        value === undefined ? undefined : this.#insert(slot, side, beside.slice(0, -1), name, value);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  #addAll(to: Path, entries: Fields): Refused | undefined {
    for (const [name, value] of Object.entries(entries)) {
      const problem = value === undefined ? undefined : this.#add(to, name, value);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  #add(to: Path, name: string, value: Value): Refused | undefined {
    const found = resolve(this.#template, to);
    if (found.kind === 'refused') return found;
    if (found.kind === 'missing') {
      const [step, ...rest] = found.rest;
      const nested = rest.toReversed().reduce<Fields>((inner, key) => ({ [key]: inner }), { [name]: value });
      return typeof step === 'string'
        ? this.#addTo(found.nearest, found.nearestPath, step, nested)
        : refused(t('There is no such item in the list.'));
    }
    return this.#addTo(found, to, name, value);
  }

  #addTo(place: Place, path: Path, name: string, value: Value): Refused | undefined {
    if (isEmpty(this.#template, place.value)) return this.#assign(place, path, { [name]: value });
    const call = intrinsicCall(place.value.node);
    if (call !== undefined && call.name !== 'Condition') return refused(t('It is made by {0}.', call.name));
    const collection = collectionOf(this.#template, place.value);
    if (collection.kind === 'refused') return collection;
    if (collection.of === 'sequence') return refused(t('There is a list where a mapping is needed.'));
    if (hasOwn(this.#template, collection, name)) return refused(t('{0} is already there.', name));
    const { index, side } = customaryPlace(this.#template, collection, path, name);
    return this.#insert({ collection, index }, side, path, name, value);
  }

  #insert(
    { collection, index }: Slot,
    side: 'after' | 'before',
    path: Path,
    name: string,
    value: Value,
  ): Refused | undefined {
    const key = `${this.#startOf(collection)} ${index} ${side}`;
    const known = this.#insertions.get(key) ?? {
      kind: 'insert',
      collection,
      index,
      side,
      entries: new Map<string, Value>(),
      of: kindOfEntries(path, name),
      path,
      near: neighbourhood(this.#template, path, collection, index),
    };
    const both = joinFields(known.entries.get(name), value);
    if (both === undefined) return refused(t('{0} would be added twice.', name));
    known.entries.set(name, both);
    this.#insertions.set(key, known);
    return undefined;
  }

  #set(at: Path, value: Value): Refused | undefined {
    const found = resolve(this.#template, at);
    if (found.kind === 'refused') return found;
    if (found.kind === 'place') return this.#assign(found, at, value);
    const name = at.at(-1);
    return typeof name === 'string'
      ? this.#add(at.slice(0, -1), name, value)
      : refused(t('There is no such item in the list.'));
  }

  #assign(place: Place, path: Path, value: Value, name?: string): Refused | undefined {
    const key = this.#keyOf(place);
    const known = this.#assignments.get(key);
    const both = joinFields(known?.value, value);
    if (both === undefined || (known !== undefined && name !== undefined)) {
      return refused(t('Two changes concern the same value.'));
    }
    const { slot } = place;
    const near = neighbourhood(this.#template, path, slot?.collection, slot?.index ?? 0);
    this.#assignments.set(key, {
      kind: 'assign',
      place,
      value: both,
      near,
      ...(name !== undefined && { name }),
    });
    return undefined;
  }

  #replace(at: Path, name: string, value: Value): Refused | undefined {
    const place = this.#existing(at);
    if (place.kind === 'refused') return place;
    const members = place.slot?.collection.members ?? [];
    const isTaken = members.some((member, index) => member.name === name && index !== place.slot?.index);
    return isTaken ? refused(t('{0} is already there.', name)) : this.#assign(place, at, value, name);
  }

  #append(to: Path, items: List): Refused | undefined {
    const found = resolve(this.#template, to);
    if (found.kind === 'refused') return found;
    const isNew = found.kind === 'missing' || isEmpty(this.#template, found.value);
    if (isNew) return this.#set(to, isLoneByCustom(to) && items.length === 1 ? items[0]! : items);
    const { node } = found.value;
    const known = node.kind === 'sequence' ? node.items : [node];
    const isKnown = (item: Value): boolean =>
      typeof item === 'string' && known.some((other) => other.kind === 'scalar' && other.text === item);
    const fresh = items.filter((item) => !isKnown(item));
    if (fresh.length === 0) return undefined;
    if (node.kind === 'sequence') {
      const collection = collectionOf(this.#template, found.value);
      if (collection.kind === 'refused') return collection;
      const near = neighbourhood(this.#template, to, collection, 0);
      this.#others.push({ kind: 'insert-items', collection, items: fresh, near });
      return undefined;
    }
    return this.#appendToLone(found, to, fresh);
  }

  /** Makes a list of a value that stands for a list of one. */
  #appendToLone(place: Place, to: Path, items: List): Refused | undefined {
    const { value, slot } = place;
    const { start, end } = spanOfTokens(this.#template, value.from, value.to);
    const text = this.#template.text.slice(start, end);
    const call = intrinsicCall(value.node);
    // Other functions may well return a list themselves.
    const isString = value.node.kind === 'scalar' || ['Fn::Sub', 'Fn::Join'].includes(call?.name ?? '');
    if (isString && !text.includes('\n') && !/^[*&|>]/.test(text)) {
      return this.#assign(place, to, [verbatim(text), ...items]);
    }
    if (value.node.kind !== 'mapping' || call !== undefined || slot === undefined) {
      return refused(t('This value cannot be made a list of safely.'));
    }
    const near = neighbourhood(this.#template, to, slot.collection, slot.index);
    this.#others.push({ kind: 'wrap', place, slot, items, near });
    return undefined;
  }

  #remove(at: Path): Refused | undefined {
    const place = this.#existing(at);
    if (place.kind === 'refused') return place;
    const { slot } = place;
    if (slot === undefined) return refused(t('This value cannot be removed by itself.'));
    const key = this.#startOf(slot.collection);
    const near = neighbourhood(this.#template, at, slot.collection, slot.index);
    const known = this.#removals.get(key) ?? {
      kind: 'remove',
      collection: slot.collection,
      indices: new Set<number>(),
      near,
    };
    known.indices.add(slot.index);
    this.#removals.set(key, known);
    return undefined;
  }

  #comment(above: Path, text: string | Text): Refused | undefined {
    const place = this.#existing(above);
    if (place.kind === 'refused') return place;
    const { slot } = place;
    if (slot === undefined || slot.collection.style === 'flow')
      return refused(t('No comment can stand here.'));
    const near = neighbourhood(this.#template, above, slot.collection, slot.index);
    this.#others.push({ kind: 'comment', slot, text, near });
    return undefined;
  }

  /**
   * Where the last member of a mapping goes and others come to its end, they take its place: else neither would
   * know what to hold on to.
   */
  #replaceLastMembers(): void {
    for (const insertion of this.#insertions.values()) {
      const { collection, index, entries, near } = insertion;
      const { indices } = this.#removals.get(this.#startOf(collection)) ?? {};
      if (indices === undefined || index !== collection.members.length - 1 || !indices.has(index)) continue;
      for (const [name, value] of entries) {
        const removed = Math.max(...indices);
        const member = collection.members[removed];
        if (member?.value === undefined) break;
        indices.delete(removed);
        entries.delete(name);
        const slot = { collection, index: removed };
        const place: Place = { kind: 'place', value: member.value, slot };
        this.#assignments.set(this.#keyOf(place), { kind: 'assign', place, value, name, near });
      }
    }
  }

  #existing(path: Path): Place | Refused {
    const found = resolve(this.#template, path);
    return found.kind === 'missing' ? refused(t('{0} is not there.', String(found.rest[0]))) : found;
  }

  #startOf(collection: Collection): string {
    const first =
      collection.style === 'flow'
        ? collection.open.start
        : this.#template.tokens[collection.members[0]!.from]?.start;
    return `${collection.style} ${first}`;
  }

  #keyOf({ value, slot }: Place): string {
    const member = slot?.collection.members[slot.index];
    return member === undefined ? `argument ${value.from}` : `member ${member.from}`;
  }
}

function kindOfEntries(path: Path, name: string): Insertion['of'] {
  if (path.length === 0) return 'sections';
  if (isResourcePath(path)) return 'attributes';
  return isResourcePath([...path, name]) ? 'resources' : 'fields';
}
