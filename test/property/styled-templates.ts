import * as fc from 'fast-check';
import { callName, isDataList, isObject, type Data, type DataFields, type DataList } from './plain-data.ts';

/** How a template is written. */
export interface WritingStyle {
  readonly format: 'yaml' | 'json';
  readonly indentation: string;
  readonly listOffset: number;
  readonly dash: 'same line' | 'own line';
  readonly quote: 'none' | "'" | '"';
  readonly calls: 'short' | 'long';
  readonly plainLists: 'brackets' | 'dashes';
  readonly blankLines: number;
  readonly lineEnd: '\n' | '\r\n';
  readonly hasFinalLineEnd: boolean;
  readonly hasByteOrderMark: boolean;
  /** One comment every so many lines; 0 for none. */
  readonly commentEvery: number;
  /** JSON on a single line. */
  readonly isOneLine: boolean;
}

export const styles: fc.Arbitrary<WritingStyle> = fc
  .record({
    format: fc.constantFrom('yaml', 'yaml', 'json'),
    width: fc.constantFrom(2, 3, 4),
    hasTabs: fc.boolean(),
    isListIndented: fc.boolean(),
    dash: fc.constantFrom('same line', 'same line', 'own line'),
    quote: fc.constantFrom('none', "'", '"'),
    calls: fc.constantFrom('short', 'long'),
    plainLists: fc.constantFrom('brackets', 'dashes'),
    blankLines: fc.nat(2),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    hasFinalLineEnd: fc.boolean(),
    hasByteOrderMark: fc.boolean(),
    commentEvery: fc.nat(5),
    isOneLine: fc.boolean(),
  })
  .map(({ width, hasTabs, isListIndented, ...rest }) => ({
    ...rest,
    indentation: rest.format === 'json' && hasTabs ? '\t' : ' '.repeat(width),
    listOffset: isListIndented ? width : 0,
  }));

const words: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('ALL', 'vpc-flow-logs.amazonaws.com', 's3:PutObject', 'AWS::StackName', 'arn:aws:s3:::b/*'),
  fc.constantFrom(
    '2012-10-17',
    '123456789012',
    '0755',
    'yes',
    'No',
    'y',
    'null',
    '~',
    '1e3',
    '1:30',
    '',
    '.5',
  ),
  fc.constantFrom(
    '*',
    '@x',
    '- a',
    'a: b',
    'a #b',
    '#x',
    "it's",
    'say "x"',
    '{{resolve:ssm:/a}}',
    '[a]',
    '%',
    'a:',
  ),
  fc.constantFrom(
    'two\nlines\n',
    'a\n\nb',
    ' led',
    'trailed ',
    'tab\there',
    'ünï',
    '${version} ${start}',
    '!x',
    '&a',
  ),
  fc.string({ maxLength: 8 }),
);

const scalars: fc.Arbitrary<Data> = fc.oneof(words, words, fc.constantFrom(600, 0, true, false));

const references: fc.Arbitrary<DataFields> = fc.oneof(
  fc.constantFrom('Vpc', 'Log', 'AWS::Region').map((name) => ({ Ref: name })),
  fc.constantFrom('${A}', 'arn:${AWS::Partition}:s3:::x', 'plain').map((text) => ({ 'Fn::Sub': text })),
  fc.constantFrom('Arn', 'Outputs.Id').map((attribute) => ({ 'Fn::GetAtt': ['Role', attribute] })),
  fc.tuple(scalars, scalars).map(([a, b]) => ({ 'Fn::If': ['Wanted', a, b] })),
);

const fieldNames = fc.constantFrom('Alpha', 'Beta', 'Gamma', 'Delta', 'aws:SourceArn', 'On', '3');

export const values: fc.Arbitrary<Data> = fc.letrec<{ value: Data }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalars,
    references,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fieldNames, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

const tag = fc.record({ Key: words, Value: fc.oneof(words, references) });

/** A resource with a property that is a list, one that is a lone mapping, and some more. */
export const resources: fc.Arbitrary<DataFields> = fc
  .record({
    type: fc.constantFrom('AWS::EC2::VPC', 'AWS::EC2::FlowLog', 'Custom::Thing'),
    dependsOn: fc.option(fc.oneof(fc.constant('Other'), fc.constant(['Other', 'Another'])), {
      nil: undefined,
    }),
    tags: fc.array(tag, { minLength: 1, maxLength: 3 }),
    statement: tag,
    extra: fc.dictionary(fieldNames, values, { maxKeys: 3, noNullPrototype: true }),
    isExtraFirst: fc.boolean(),
  })
  .map(({ type, dependsOn, tags, statement, extra, isExtraFirst }) => ({
    Type: type,
    ...(dependsOn !== undefined && { DependsOn: dependsOn }),
    Properties: isExtraFirst
      ? { ...extra, Tags: tags, Statement: statement }
      : { Tags: tags, Statement: statement, ...extra },
  }));

export const templates: fc.Arbitrary<DataFields> = fc
  .tuple(fc.array(resources, { minLength: 1, maxLength: 4 }), fc.boolean(), fc.boolean())
  .map(([bodies, hasParameters, hasOutputs]) => ({
    AWSTemplateFormatVersion: '2010-09-09',
    ...(hasParameters && { Parameters: { Env: { Type: 'String', Default: 'dev' } } }),
    Resources: Object.fromEntries(bodies.map((body, index) => [`Resource${index}`, body])),
    ...(hasOutputs && { Outputs: { Id: { Value: { Ref: 'Resource0' } } } }),
  }));

/** The text of a template, written by other means than those that are tested. */
export function writeTemplate(template: DataFields, style: WritingStyle): string {
  const lines =
    style.format === 'json' ? jsonText(template, style).split('\n') : yamlFields(template, '', style, 0);
  const text = withComments(lines, style)
    .map((line) => line.replace(blockMark, ''))
    .join(style.lineEnd);
  return (style.hasByteOrderMark ? '\uFEFF' : '') + text + (style.hasFinalLineEnd ? style.lineEnd : '');
}

function jsonText(template: DataFields, { isOneLine, indentation }: WritingStyle): string {
  return isOneLine ? JSON.stringify(template) : JSON.stringify(template, undefined, indentation);
}

/** Begins a line of a block scalar until comments are in their place. */
const blockMark = '\u0000';

/** Comments at the end of lines and above them, each with a text of its own; none inside of block scalars. */
function withComments(lines: readonly string[], { format, commentEvery }: WritingStyle): readonly string[] {
  if (commentEvery === 0 || format === 'json') return lines;
  return lines.flatMap((line, index) => {
    const key = /^( *)[\w'"].*[^|>+-]$/.exec(line);
    if (index % commentEvery !== 0 || key === null || line.includes('|')) return [line];
    return index % 2 === 0 ? [`${line} # c${index}`] : [`${key[1]}# c${index}`, line];
  });
}

function yamlFields(fields: DataFields, indentation: string, style: WritingStyle, depth: number): string[] {
  return Object.entries(fields).flatMap(([name, value], index) => {
    const { head, body } = yamlValue(value, indentation, style, depth);
    const isSeparated = index > 0 && depth < 2;
    const blank = isSeparated ? Array.from({ length: style.blankLines }, () => '') : [];
    return [...blank, `${indentation}${yamlText(name, { ...style, quote: 'none' })}:${head}`, ...body];
  });
}

interface Written {
  readonly head: string;
  readonly body: readonly string[];
}

function yamlValue(value: Data, indentation: string, style: WritingStyle, depth: number): Written {
  const inner = indentation + style.indentation;
  if (typeof value === 'string' && /^[a-z]+\n[a-z]+\n$/.test(value)) {
    return {
      head: ' |',
      body: value
        .trimEnd()
        .split('\n')
        .map((line) => blockMark + inner + line),
    };
  }
  if (!isObject(value)) return { head: ` ${yamlScalar(value, style)}`, body: [] };
  const listIndentation = indentation + ' '.repeat(style.listOffset);
  if (isDataList(value)) return yamlList(value, listIndentation, style, depth);
  const name = callName(value);
  if (name !== undefined && style.calls === 'short') {
    const written = yamlArgument(name, value[name]!, listIndentation, style, depth);
    if (written !== undefined) return written;
  }
  if (Object.keys(value).length === 0) return { head: ' {}', body: [] };
  return { head: '', body: yamlFields(value, inner, style, depth + 2) };
}

function yamlArgument(
  name: string,
  argument: Data,
  listIndentation: string,
  style: WritingStyle,
  depth: number,
): Written | undefined {
  const tagName = `!${name.replace('Fn::', '')}`;
  if (name === 'Fn::GetAtt' && isDataList(argument))
    return { head: ` ${tagName} ${argument.map(String).join('.')}`, body: [] };
  if (!isObject(argument)) return { head: ` ${tagName} ${yamlScalar(argument, style)}`, body: [] };
  if (!isDataList(argument)) return undefined;
  const { head, body } = yamlList(argument, listIndentation, style, depth);
  return { head: ` ${tagName}${head}`, body };
}

function yamlList(list: DataList, indentation: string, style: WritingStyle, depth: number): Written {
  // In brackets more needs quotes than below each other.
  const plain = list.flatMap((item) => (isObject(item) ? [] : [yamlScalar(item, { ...style, quote: '"' })]));
  const isPlain = plain.length === list.length;
  if (list.length === 0 || (isPlain && style.plainLists === 'brackets')) {
    return { head: ` [${plain.join(', ')}]`, body: [] };
  }
  return { head: '', body: list.flatMap((item) => yamlItem(item, indentation, style, depth)) };
}

function yamlItem(item: Data, indentation: string, style: WritingStyle, depth: number): string[] {
  const isMapping = isObject(item) && !isDataList(item) && Object.keys(item).length > 0;
  const isTagged = isMapping && callName(item) !== undefined && style.calls === 'short';
  if (isMapping && !isTagged) {
    const lines = yamlFields(item, `${indentation}  `, style, depth + 2);
    if (style.dash === 'own line') return [`${indentation}-`, ...lines];
    return [`${indentation}- ${lines[0]!.trimStart()}`, ...lines.slice(1)];
  }
  const { head, body } = yamlValue(item, `${indentation}  `, { ...style, listOffset: 0 }, depth);
  return [`${indentation}-${head}`, ...body];
}

function yamlScalar(value: string | number | boolean, style: WritingStyle): string {
  return typeof value === 'string' ? yamlText(value, style) : String(value);
}

/** Quotes what is no plain word, and more where the style wants it. */
function yamlText(text: string, { quote }: WritingStyle): string {
  const isWord =
    /^[A-Za-z]{2}[\w/.-]*(?:::?[\w*/-]+)*$/.test(text) &&
    !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text);
  if (isWord && quote === 'none') return text;
  return quote === "'" && /^[ -~]*$/.test(text) ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}
