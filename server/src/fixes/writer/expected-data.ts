import type { AppendItems, Change } from './changes.ts';
import { argumentData, dataOfFields, dataOfValue, isSameData, type Data, type DataFields } from './data.ts';
import type { Path } from './written-template.ts';

/**
 * What a template must say after some changes. This knows nothing of how they are written, so that what was
 * written can be checked against it.
 *
 * @param root What the template says before; it is changed.
 */
export function applyToData(root: DataFields, changes: readonly Change[]): void {
  for (const change of changes) if (change.kind !== 'remove') applyOne(root, change);
  const removals = changes.filter((change) => change.kind === 'remove');
  // From the last to the first, so that the indices of the others stay.
  for (const { at } of removals.toSorted((a, b) => lastIndex(b.at) - lastIndex(a.at))) removeFrom(root, at);
}

function applyOne(root: DataFields, change: Exclude<Change, { kind: 'remove' }>): void {
  switch (change.kind) {
    case 'add-resources': {
      const section = fieldsAt(root, change.beside.slice(0, -1));
      for (const [name, resource] of Object.entries(change.resources)) {
        section?.set(name, dataOfValue(resource));
      }
      break;
    }
    case 'add-entries': {
      const fields = fieldsAt(root, change.to);
      for (const [name, value] of dataOfFields(change.entries))
        fields?.set(name, merged(fields.get(name), value));
      break;
    }
    case 'set':
      setAt(root, change.at, dataOfValue(change.value));
      break;
    case 'replace-entry':
      removeFrom(root, change.at);
      setAt(root, [...change.at.slice(0, -1), change.name], dataOfValue(change.value));
      break;
    case 'append':
      append(root, change);
      break;
    case 'comment':
  }
}

/** A mapping that two changes make is made once. */
function merged(known: Data | undefined, added: Data): Data {
  return known instanceof Map && added instanceof Map ? new Map([...known, ...added]) : added;
}

function append(root: DataFields, { to, items }: AppendItems): void {
  const known = valueAt(root, to);
  const added = items.map(dataOfValue);
  if (known === undefined || known === null) {
    const [only] = added;
    setAt(root, to, isLoneByCustom(to) && added.length === 1 && only !== undefined ? only : added);
    return;
  }
  const list = Array.isArray(known) ? known : [known];
  const fresh = added.filter(
    (item) => !list.some((other) => typeof item === 'string' && isSameData(item, other)),
  );
  if (fresh.length > 0) setAt(root, to, [...list, ...fresh]);
}

/** Whether a list of one item is customarily written as that item. */
export function isLoneByCustom(path: Path): boolean {
  return path.at(-1) === 'DependsOn';
}

function removeFrom(root: DataFields, path: Path): void {
  const parent = valueAt(root, path.slice(0, -1));
  const step = path.at(-1);
  if (parent instanceof Map && typeof step === 'string') parent.delete(step);
  else if (Array.isArray(parent) && typeof step === 'number') parent.splice(step, 1);
}

function lastIndex(path: Path): number {
  const step = path.at(-1);
  return typeof step === 'number' ? step : -1;
}

function valueAt(root: Data, path: Path): Data | undefined {
  let value: Data | undefined = root;
  for (const step of path) {
    if (value instanceof Map) value = value.get(String(step));
    else if (Array.isArray(value) && typeof step === 'number') value = value[step];
    else return undefined;
  }
  return value;
}

/** The mapping at the end of a path, made where there is nothing. */
function fieldsAt(root: DataFields, path: Path): DataFields | undefined {
  const known = valueAt(root, path);
  if (known instanceof Map) return known;
  if (known !== undefined && known !== null && !(Array.isArray(known) && known.length === 0))
    return undefined;
  const made: DataFields = new Map();
  setAt(root, path, made);
  return made;
}

function setAt(root: DataFields, path: Path, value: Data): void {
  const step = path.at(-1);
  const parentPath = path.slice(0, -1);
  const parent = typeof step === 'number' ? valueAt(root, parentPath) : fieldsAt(root, parentPath);
  if (parent instanceof Map && typeof step === 'string') parent.set(step, argumentData(step, value));
  else if (Array.isArray(parent) && typeof step === 'number') parent[step] = value;
}
