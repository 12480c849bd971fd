import { flatText, type Brackets, type Code } from '../code.ts';
import type { Spelling } from '../dialect.ts';
import { givenFields, type Call, type Expression, type Statement } from '../expression.ts';
import type { SourceStyle } from '../style.ts';

/** A name as jsii gives it to Python: `toCloudWatchLogs` becomes `to_cloud_watch_logs`; classes keep theirs. */
export function pythonName(name: string): string {
  return /^[a-z]/.test(name)
    ? name.replaceAll(
        /([a-z0-9])([A-Z])/g,
        (_, before: string, after: string) => `${before}_${after.toLowerCase()}`,
      )
    : name;
}

/** An expression in Python. */
export function spell(expression: Expression, spelling: Spelling): Code {
  const { style } = spelling;
  switch (expression.kind) {
    case 'source':
      return expression.text;
    case 'variable':
      return pythonName(expression.name);
    case 'string':
      return quoted(expression.value, style);
    case 'number':
      return String(expression.value);
    case 'boolean':
      return expression.value ? 'True' : 'False';
    case 'none':
      return 'None';
    case 'format':
      return format(expression.parts, spelling);
    case 'list':
      return brackets(
        '[',
        ']',
        expression.items.map((item) => spell(item, spelling)),
        style.trailingComma,
      );
    case 'map': {
      const entries = Object.entries(expression.entries).map(([key, value]) =>
        spellEntry(key, value, spelling),
      );
      return {
        ...brackets('{', '}', entries, style.trailingComma),
        isBroken: expression.isBroken ?? false,
      };
    }
    case 'struct': {
      const fields = givenFields(expression.fields).map(([name, value]) => spellField(name, value, spelling));
      const list = brackets('(', ')', fields, style.trailingCommaOfArguments);
      return [spell(expression.type, spelling), { ...list, isBroken: expression.isBroken ?? false }];
    }
    case 'name': {
      const [head, ...rest] = expression.path;
      return [spelling.nameOf(expression.module, head), ...rest.map(pythonName)].join('.');
    }
    case 'member':
      return [spell(expression.object, spelling), `.${pythonName(expression.name)}`];
    case 'call':
      return spellCall(expression, spelling);
  }
}

function spellCall({ callee, arguments: positional, options, isBroken }: Call, spelling: Spelling): Code {
  const keywords = givenFields(options ?? {}).map(([name, value]) => spellField(name, value, spelling));
  const items = [...positional.map((one) => spell(one, spelling)), ...keywords];
  const list = brackets('(', ')', items, spelling.style.trailingCommaOfArguments);
  return [spell(callee, spelling), { ...list, isBroken: isBroken ?? false }];
}

export function spellField(name: string, value: Expression, spelling: Spelling): Code {
  return [`${pythonName(name)}=`, spell(value, spelling)];
}

/** An entry of a dictionary. */
export function spellEntry(key: string, value: Expression, spelling: Spelling): Code {
  return [`${quoted(key, spelling.style)}: `, spell(value, spelling)];
}

export function spellStatement(statement: Statement, spelling: Spelling): Code {
  const value = spell(statement.value, spelling);
  return statement.kind === 'declare' ? [`${pythonName(statement.name)} = `, value] : value;
}

function brackets(open: string, close: string, items: readonly Code[], trailingComma: boolean): Brackets {
  return { open, close, items, trailingComma, isBroken: false, isPadded: false, hugsLast: false };
}

/** https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences */
function quoted(text: string, { quote }: SourceStyle): string {
  const escaped = text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`);
  return quote + escaped.replaceAll(quote, `\\${quote}`) + quote;
}

/** A formatted string; what is put into it are names, which have no quotes. */
function format(parts: readonly (string | Expression)[], spelling: Spelling): string {
  if (parts.every((part) => typeof part === 'string')) return quoted(parts.join(''), spelling.style);
  const inner = parts.map((part) => {
    if (typeof part !== 'string') return `{${flatText(spell(part, spelling)) ?? ''}}`;
    return quoted(part, spelling.style).slice(1, -1).replaceAll(/[{}]/g, '$&$&');
  });
  return `f${spelling.style.quote}${inner.join('')}${spelling.style.quote}`;
}
