import { flatText, type Brackets, type Code } from '../code.ts';
import type { Spelling } from '../dialect.ts';
import { givenFields, type Expression, type Statement } from '../expression.ts';
import type { SourceStyle } from '../style.ts';

/** An expression in TypeScript or JavaScript. */
export function spell(expression: Expression, spelling: Spelling): Code {
  const { style, nameOf } = spelling;
  const each = (expressions: readonly Expression[]): Code[] => expressions.map((one) => spell(one, spelling));
  switch (expression.kind) {
    case 'source':
      return expression.text;
    case 'variable':
      return expression.name;
    case 'string':
      return quoted(expression.value, style);
    case 'number':
    case 'boolean':
      return String(expression.value);
    case 'none':
      return 'undefined';
    case 'format':
      return template(expression.parts, spelling);
    case 'list':
      return brackets('[', ']', each(expression.items), style.trailingComma);
    case 'map':
      return record(
        Object.entries(expression.entries).map(([key, value]) => spellEntry(key, value, spelling)),
        style,
        expression.isBroken ?? false,
      );
    case 'struct':
      return record(
        givenFields(expression.fields).map(([name, value]) => spellField(name, value, spelling)),
        style,
        expression.isBroken ?? false,
      );
    case 'name': {
      const [head, ...rest] = expression.path;
      return [nameOf(expression.module, head), ...rest].join('.');
    }
    case 'member':
      return [spell(expression.object, spelling), `.${expression.name}`];
    case 'call': {
      const options = expression.options && givenFields(expression.options);
      const items = each(expression.arguments);
      if (options !== undefined && options.length > 0) {
        items.push(
          record(
            options.map(([name, value]) => spellField(name, value, spelling)),
            style,
            expression.isBroken ?? false,
          ),
        );
      }
      const list = brackets('(', ')', items, style.trailingCommaOfArguments);
      return [expression.isNew ? 'new ' : '', spell(expression.callee, spelling), list];
    }
  }
}

export function spellField(name: string, value: Expression, spelling: Spelling): Code {
  return [`${name}: `, spell(value, spelling)];
}

/** An entry of an object whose keys are data. */
export function spellEntry(key: string, value: Expression, spelling: Spelling): Code {
  const isName = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key);
  return spellField(isName ? key : quoted(key, spelling.style), value, spelling);
}

export function spellStatement(statement: Statement, spelling: Spelling): Code {
  const value = spell(statement.value, spelling);
  const end = spelling.style.semicolons ? ';' : '';
  return statement.kind === 'declare' ? [`const ${statement.name} = `, value, end] : [value, end];
}

function brackets(open: string, close: string, items: readonly Code[], trailingComma: boolean): Brackets {
  return {
    open,
    close,
    items,
    trailingComma,
    isBroken: false,
    isPadded: false,
    hugsLast: endsInRecord(items),
  };
}

function endsInRecord(items: readonly Code[]): boolean {
  const last = items.at(-1);
  return typeof last === 'object' && 'open' in last && last.open === '{';
}

function record(items: readonly Code[], style: SourceStyle, isBroken: boolean): Brackets {
  const { isPadded, trailingComma } = style;
  return { open: '{', close: '}', items, trailingComma, isBroken, isPadded, hugsLast: false };
}

/** https://tc39.es/ecma262/#sec-literals-string-literals */
function quoted(text: string, { quote }: SourceStyle): string {
  const escaped = text.replaceAll(/[\\\n\r\u2028\u2029]/g, (character) =>
    character === '\\' ? String.raw`\\` : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return quote + escaped.replaceAll(quote, `\\${quote}`) + quote;
}

/** A template literal, or a string where nothing varies. */
function template(parts: readonly (string | Expression)[], spelling: Spelling): string {
  if (parts.every((part) => typeof part === 'string')) return quoted(parts.join(''), spelling.style);
  const inner = parts.map((part) => {
    if (typeof part === 'string') return part.replaceAll(/[\\`]|\$(?=\{)/g, String.raw`\$&`);
    return `\${${flatText(spell(part, spelling)) ?? ''}}`;
  });
  return `\`${inner.join('')}\``;
}
