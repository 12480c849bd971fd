/** A template as plain data, to be changed and written again. */
type Json = string | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The resources of a template. */
function resourcesOf(template: JsonObject): JsonObject {
  const { Resources: resources } = template;
  return isObject(resources) ? resources : {};
}

/** Puts the keys of every section, and the sections, in another order. */
export function reordered(template: JsonObject, random: () => number): JsonObject {
  const sections = Object.entries(template).map(([name, section]): [string, Json] => [
    name,
    isObject(section) && name !== 'Transform' ? shuffledKeys(section, random) : section,
  ]);
  return shuffledKeys(Object.fromEntries(sections), random);
}

function shuffledKeys(object: JsonObject, random: () => number): JsonObject {
  const keyed = Object.entries(object).map((entry) => ({ entry, key: random() }));
  return Object.fromEntries(keyed.toSorted((a, b) => a.key - b.key).map(({ entry }) => entry));
}

/** Adds resources that have nothing to do with a VPC. */
export function withUnrelated(template: JsonObject, random: () => number): JsonObject {
  const extra: readonly JsonObject[] = [
    { Type: 'AWS::S3::Bucket' },
    { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'unrelated' } },
    { Type: 'AWS::EC2::EIP', Properties: { Domain: 'vpc' } },
    { Type: 'AWS::EC2::FlowLog', Properties: { ...unrelatedFlowLog } },
  ];
  const added = extra.map((resource, index): [string, Json] => [`Unrelated${index}`, resource]);
  return reordered(
    { ...template, Resources: { ...resourcesOf(template), ...Object.fromEntries(added) } },
    random,
  );
}

const unrelatedFlowLog: JsonObject = {
  ResourceId: 'vpc-0aaaaaaaaaaaaaaaa',
  ResourceType: 'VPC',
  TrafficType: 'ALL',
  LogDestinationType: 's3',
  LogDestination: 'arn:aws:s3:::unrelated',
};

/** Gives every resource another name, in its key and wherever it is named. */
export function renamed(template: JsonObject, nameOf: (logicalId: string) => string): JsonObject {
  const names = new Set(Object.keys(resourcesOf(template)));
  const rename = (name: string): string => (names.has(name) ? nameOf(name) : name);
  const walked = renameIn(template, rename) as JsonObject;
  const resources = Object.entries(resourcesOf(walked)).map(([name, resource]): [string, Json] => [
    rename(name),
    isObject(resource) && resource['DependsOn'] !== undefined
      ? { ...resource, DependsOn: renameAll(resource['DependsOn'], rename) }
      : resource,
  ]);
  return { ...walked, Resources: Object.fromEntries(resources) };
}

function renameIn(value: Json, rename: (name: string) => string): Json {
  if (Array.isArray(value)) return value.map((item: Json) => renameIn(item, rename));
  if (!isObject(value)) return value;
  const renamedEntries = Object.entries(value).map(([key, child]): [string, Json] => {
    if (key === 'Ref') return [key, renameAll(child, rename)];
    if (key === 'Fn::GetAtt') return [key, renameGetAtt(child, rename)];
    if (key === 'Fn::Sub') return [key, renameSub(child, rename)];
    return [key, renameIn(child, rename)];
  });
  return Object.fromEntries(renamedEntries);
}

/** Every text in it is a name. */
function renameAll(value: Json, rename: (name: string) => string): Json {
  if (typeof value === 'string') return rename(value);
  if (Array.isArray(value)) return value.map((item: Json) => renameAll(item, rename));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, renameAll(child, rename)]));
}

function renameGetAtt(value: Json, rename: (name: string) => string): Json {
  if (typeof value === 'string') {
    return value.replace(/^[^.]+/, rename);
  }
  if (!Array.isArray(value)) return value;
  const [name, ...attribute] = value as readonly Json[];
  return name === undefined ? value : [renameAll(name, rename), ...attribute];
}

function renameSub(value: Json, rename: (name: string) => string): Json {
  const [text, variables] = Array.isArray(value) ? (value as readonly Json[]) : [value];
  if (typeof text !== 'string') return value;
  const own = isObject(variables) ? new Set(Object.keys(variables)) : new Set<string>();
  const renamedText = text.replaceAll(
    /\$\{\s*([^!}.\s][^}.\s]*)((?:\.[^}]*)?)\s*\}/g,
    (whole, name: string, attribute: string) =>
      own.has(name + attribute) ? whole : `\${${rename(name)}${attribute}}`,
  );
  return variables === undefined ? renamedText : [renamedText, renameIn(variables, rename)];
}
