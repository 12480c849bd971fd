import { parser } from '@lezer/javascript';
import type { Dialect } from '../dialect.ts';
import { readCall, readCandidates, readOptions } from './calls.ts';
import { importWriter, readBindings } from './imports.ts';
import { spell, spellEntry, spellField, spellStatement } from './spell.ts';

/** @param grammar The dialects of the parser, such as `ts jsx`. */
export function javascript(grammar: string): Dialect {
  return {
    parser: parser.configure({ dialect: grammar }),
    defaults: { unit: '  ', quote: "'" },
    lineComment: '//',
    statementSeparator: ' ',
    framesNameLines: false,
    imports: importWriter,
    readBindings,
    readCandidates,
    readCall,
    readOptions,
    spell,
    spellField,
    spellEntry,
    spellStatement,
    nameOf: (name) => name,
    declaration: (name) => `const ${name} = `,
  };
}
